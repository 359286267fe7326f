package dev.tidegate.it;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A member of a group that takes partitions away, reads and commits nothing, and comes and goes until it is closed. */
public final class GroupGuest implements AutoCloseable {
    private final Map<String, Object> properties;
    private final String topic;
    private final Duration stay;
    private final Thread thread = new Thread(this::comeAndGo, "guest");
    private volatile boolean isClosed;
    private final AtomicInteger visits = new AtomicInteger();

    private GroupGuest(Map<String, Object> properties, String topic, Duration stay) {
        this.properties = properties;
        this.topic = topic;
        this.stay = stay;
    }

    /** One that stays so long and is away as long, in turn. */
    public static GroupGuest of(DrainerFleet fleet, Duration stay) {
        Map<String, Object> properties = new HashMap<>(fleet.settings.kafka);
        properties.put("group.id", fleet.topic.group());
        properties.put("enable.auto.commit", false);
        GroupGuest guest = new GroupGuest(properties, fleet.name(), stay);
        guest.thread.start();
        return guest;
    }

    public int visits() {
        return visits.get();
    }

    private void comeAndGo() {
        while (!isClosed) {
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer.subscribe(List.of(topic), new Idle(consumer));
                long end = System.nanoTime() + stay.toNanos();
                while (!isClosed && System.nanoTime() < end) {
                    consumer.poll(Duration.ofMillis(50));
                }
            }
            visits.incrementAndGet();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(isClosed ? 0 : stay.toMillis()));
        }
    }

    @Override
    public void close() {
        leave();
    }

    /** Ends its visits, and returns when it is gone. */
    public void leave() {
        isClosed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(30_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Idle(KafkaConsumer<byte[], byte[]> consumer) implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.pause(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
    }
}

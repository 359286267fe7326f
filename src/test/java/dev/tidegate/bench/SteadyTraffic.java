package dev.tidegate.bench;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Records of fifty keys, one each twenty milliseconds, and which of them the broker acknowledged. Thread-safe. */
public final class SteadyTraffic implements AutoCloseable {
    private static final int KEYS = 50;
    /** Records. */
    public static final int PER_SECOND = 50;

    private static final int EVERY_MILLIS = 1_000 / PER_SECOND;

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicLong sent = new AtomicLong();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "steady-traffic");
        thread.setDaemon(true);
        return thread;
    });

    private SteadyTraffic(String bootstrapServers, String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                // A topic made just now may answer NOT_LEADER once, and an idempotent producer then retries for ever.
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "enable.idempotence", false),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    public static SteadyTraffic start(String bootstrapServers, String topic) {
        SteadyTraffic traffic = new SteadyTraffic(bootstrapServers, topic);
        Future<?> unused = traffic.clock.scheduleAtFixedRate(traffic::send, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return traffic;
    }

    private void send() {
        long number = sent.getAndIncrement();
        Future<?> unused = producer.send(
                new ProducerRecord<>(topic, bytes("k" + number % KEYS), bytes("v" + number)), (at, error) -> {
                    if (error == null) {
                        acknowledged.add(at.partition() + ":" + at.offset());
                    }
                });
    }

    /** Ends the traffic, waits for the answers and returns what is in the topic for sure, as {@code partition:offset}. */
    public Set<String> end() throws InterruptedException {
        clock.shutdown();
        if (!clock.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the traffic's last record does not end");
        }
        producer.flush();
        return new HashSet<>(acknowledged);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        producer.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

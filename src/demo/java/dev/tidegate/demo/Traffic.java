package dev.tidegate.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Sends keyed records to each topic at an even rate, from one thread, until closed. */
final class Traffic implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Traffic.class.getName());
    private static final int CUSTOMERS = 40;

    private final KafkaProducer<String, byte[]> producer;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "demo-traffic");
        thread.setDaemon(true);
        return thread;
    });
    private final List<String> topics;
    private final Random random;
    private final InstantSource time;
    private final LongAdder acknowledged = new LongAdder();
    private long number;

    private Traffic(String bootstrapServers, List<String> topics, Random random, InstantSource time) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ProducerConfig.CLIENT_ID_CONFIG, "demo-traffic",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, "2000"),
                new StringSerializer(),
                new ByteArraySerializer());
        this.topics = topics;
        this.random = random;
        this.time = time;
    }

    /** @param rate records a second for each topic, at least 1 */
    static Traffic start(String bootstrapServers, List<String> topics, int rate, Random random, InstantSource time) {
        Traffic traffic = new Traffic(bootstrapServers, topics, random, time);
        long period = TimeUnit.SECONDS.toNanos(1) / rate;
        // A fixed delay, not a fixed rate: a machine that slept must not wake up to a flood.
        ScheduledFuture<?> unused =
                traffic.clock.scheduleWithFixedDelay(traffic::sendRound, 0, period, TimeUnit.NANOSECONDS);
        return traffic;
    }

    private void sendRound() {
        try {
            number++;
            topics.forEach(this::send);
        } catch (RuntimeException e) {
            // An exception would end the schedule.
            LOG.log(Level.WARNING, "Traffic could not be sent", e);
        }
    }

    private void send(String topic) {
        String customer = "customer-" + random.nextInt(CUSTOMERS);
        String value = "{\"id\":\"%s-%d\",\"customer\":\"%s\",\"cents\":%d,\"at\":\"%s\"}"
                .formatted(topic, number, customer, 100 + random.nextInt(100_000), time.instant());
        // The callback tells what became of it.
        Future<RecordMetadata> unused = producer.send(
                new ProducerRecord<>(topic, customer, value.getBytes(StandardCharsets.UTF_8)),
                (metadata, problem) -> count(problem));
    }

    private void count(@Nullable Exception problem) {
        if (problem == null) {
            acknowledged.increment();
        } else {
            LOG.log(Level.WARNING, "A record of the traffic was not acknowledged", problem);
        }
    }

    /** Records that the broker has acknowledged. */
    long acknowledged() {
        return acknowledged.sum();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        producer.close(Duration.ofSeconds(2));
    }

    @Override
    public String toString() {
        return "the traffic";
    }
}

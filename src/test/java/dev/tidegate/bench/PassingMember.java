package dev.tidegate.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A member that joins the drainers' group, takes its share, settles nothing and leaves: two rebalances for the others. Knows
 * nothing of Tidegate.
 */
public final class PassingMember {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private PassingMember() {}

    /** Returns when it has come and gone. */
    public static void pass(String bootstrapServers, String topic, String group) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                group,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "max.poll.records",
                1,
                "heartbeat.interval.ms",
                300,
                "partition.assignment.strategy",
                CooperativeStickyAssignor.class.getName());
        KafkaConsumer<byte[], byte[]> member =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try (member) {
            member.subscribe(List.of(topic));
            long until = System.nanoTime() + LIMIT.toNanos();
            while (member.assignment().isEmpty()) {
                if (System.nanoTime() - until > 0) {
                    throw new AssertionError("the group " + group + " gave a new member nothing within " + LIMIT);
                }
                member.poll(POLL);
            }
            member.close(CloseOptions.timeout(LIMIT));
        }
    }
}

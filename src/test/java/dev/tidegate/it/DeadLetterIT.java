package dev.tidegate.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.bench.StoredRecords;
import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.publish.DeadLetter;
import dev.tidegate.publish.DeadLetterResult;
import dev.tidegate.publish.DeadLetterSettings;
import dev.tidegate.publish.DeadLetterTopicCheck;
import dev.tidegate.publish.KafkaDeadLetterSender;
import dev.tidegate.publish.KafkaDeadLetterTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DeadLetterIT {
    private static final long LONG_AGO = Instant.parse("2001-01-01T00:00:00Z").toEpochMilli();

    private static KafkaBroker broker;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final RecordHeaders headers = new RecordHeaders();

    @BeforeAll
    static void startBroker(@TempDir Path directory) {
        broker = KafkaBroker.start(directory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void a_missing_topic_is_made_like_its_source() throws Exception {
        create("like", 5, Map.of("max.message.bytes", "3000000"));

        assertThat(ensure("like", true)).isEqualTo(new DeadLetterTopicCheck.Ready(true));
        assertThat(ensure("like", true)).isEqualTo(new DeadLetterTopicCheck.Ready(false));

        try (Admin admin = broker.admin()) {
            var description =
                    admin.describeTopics(List.of("like.dlt")).allTopicNames().get();
            assertThat(description.get("like.dlt").partitions()).hasSize(5);
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, "like.dlt");
            Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            assertThat(config.get("max.message.bytes").value()).isEqualTo("3000000");
            assertThat(config.get("retention.ms").value()).isEqualTo("-1");
        }
    }

    @Test
    void a_missing_topic_that_may_not_be_made_is_told_with_what_to_do() throws Exception {
        create("forbidden", 1, Map.of());

        assertThat(ensure("forbidden", false))
                .isInstanceOfSatisfying(
                        DeadLetterTopicCheck.Absent.class,
                        absent -> assertThat(absent.reason())
                                .contains("forbidden.dlt", "tidegate.drainer.orders.dead-letter-create"));
    }

    @Test
    void a_source_that_does_not_exist_yet_is_asked_for_again() {
        assertThat(ensure("not-yet", true)).isInstanceOf(DeadLetterTopicCheck.Unknown.class);
    }

    @Test
    void letters_arrive_byte_for_byte() throws Exception {
        create("bytes", 1, Map.of());
        ensure("bytes", true);
        headers.add("trace", new byte[] {(byte) 0xac, (byte) 0xed})
                .add("trace", null)
                .add("e", new byte[0]);
        byte[] everyByte = new byte[256];
        for (int i = 0; i < everyByte.length; i++) {
            everyByte[i] = (byte) i;
        }
        try (KafkaDeadLetterSender sender = sender(true)) {
            sent(sender, letter("bytes", everyByte, everyByte, LONG_AGO));
            sent(sender, letter("bytes", null, null, LONG_AGO));
            sent(sender, letter("bytes", new byte[0], new byte[0], LONG_AGO));
        }

        List<ConsumerRecord<byte[], byte[]>> stored = StoredRecords.of(broker, "bytes.dlt");

        assertThat(stored).hasSize(3);
        assertThat(stored.get(0).key()).isEqualTo(everyByte);
        assertThat(stored.get(0).value()).isEqualTo(everyByte);
        assertThat(stored.get(0).timestamp()).isEqualTo(LONG_AGO);
        Header[] arrived = stored.get(0).headers().toArray();
        assertThat(arrived[0].value()).isEqualTo(new byte[] {(byte) 0xac, (byte) 0xed});
        assertThat(arrived[1].value()).isNull();
        assertThat(arrived[2].value()).isEmpty();
        assertThat(stored.get(1).key()).isNull();
        assertThat(stored.get(1).value()).isNull();
        assertThat(stored.get(2).key()).isEmpty();
        assertThat(stored.get(2).value()).isEmpty();
    }

    @Test
    void a_letter_as_large_as_its_source_took_arrives_whole_or_without_its_value() throws Exception {
        create("large", 1, Map.of("max.message.bytes", "3000000"));
        ensure("large", true);
        try (KafkaDeadLetterSender sender = sender(true)) {
            assertThat(sent(sender, letter("large", null, new byte[2_900_000], 5))
                            .hasValue())
                    .isTrue();
            assertThat(sent(sender, letter("large", null, new byte[2_999_900], 5))
                            .hasValue())
                    .isFalse();
        }

        ConsumerRecord<byte[], byte[]> cut =
                StoredRecords.of(broker, "large.dlt").get(1);
        assertThat(cut.value()).isNull();
        assertThat(new String(cut.headers().lastHeader("tidegate-value-size").value(), UTF_8))
                .isEqualTo("2999900");
    }

    @Test
    void a_letter_that_does_not_fit_stays_if_it_may_not_be_cut() throws Exception {
        create("uncut", 1, Map.of("max.message.bytes", "10000"));
        ensure("uncut", true);
        try (KafkaDeadLetterSender sender = sender(false)) {
            DeadLetterResult result = sender.send(letter("uncut", null, new byte[20_000], 5))
                    .toCompletableFuture()
                    .get();

            assertThat(result).isInstanceOf(DeadLetterResult.DoesNotFit.class);
        }
        assertThat(StoredRecords.of(broker, "uncut.dlt")).isEmpty();
    }

    @Test
    void a_timestamp_from_the_far_future_is_kept_where_we_made_the_topic_and_told_where_we_did_not() throws Exception {
        long far = Instant.parse("2900-01-01T00:00:00Z").toEpochMilli();
        create("ours", 1, Map.of());
        ensure("ours", true);
        create("theirs.dlt", 1, Map.of());
        try (KafkaDeadLetterSender sender = sender(true)) {
            sent(sender, letter("ours", null, new byte[1], far));
            sent(sender, letter("theirs", null, new byte[1], far));
        }

        assertThat(StoredRecords.of(broker, "ours.dlt").get(0).timestamp()).isEqualTo(far);
        ConsumerRecord<byte[], byte[]> told =
                StoredRecords.of(broker, "theirs.dlt").get(0);
        assertThat(told.timestamp()).isLessThan(far);
        assertThat(new String(
                        told.headers().lastHeader("tidegate-source-timestamp").value(), UTF_8))
                .isEqualTo(Long.toString(far));
    }

    @Test
    void a_letter_to_a_topic_that_is_not_there_fails_within_the_bound() throws Exception {
        try (KafkaDeadLetterSender sender = sender(true)) {
            DeadLetterResult result = sender.send(letter("nowhere", null, new byte[1], 5))
                    .toCompletableFuture()
                    .get();

            assertThat(result).isInstanceOf(DeadLetterResult.Failed.class);
        }
    }

    private static DeadLetterResult.Sent sent(KafkaDeadLetterSender sender, DeadLetter letter) throws Exception {
        DeadLetterResult result = sender.send(letter).toCompletableFuture().get();
        assertThat(result).isInstanceOf(DeadLetterResult.Sent.class);
        return (DeadLetterResult.Sent) result;
    }

    private DeadLetterTopicCheck ensure(String source, boolean isCreated) {
        DeadLetterSettings settings = settings(isCreated, true);
        return new KafkaDeadLetterTopics(settings, Admin::create, threads)
                .ensure(Map.of(source, source + ".dlt"))
                .toCompletableFuture()
                .join()
                .get(source + ".dlt");
    }

    private KafkaDeadLetterSender sender(boolean isTruncated) {
        return new KafkaDeadLetterSender(
                settings(true, isTruncated),
                properties -> new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()),
                threads,
                System::nanoTime);
    }

    private static DeadLetterSettings settings(boolean isCreated, boolean isTruncated) {
        return new DeadLetterSettings(
                "orders",
                isCreated,
                null,
                isTruncated,
                DeadLetterSettings.HeaderStyle.TIDEGATE,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private DeadLetter letter(String source, byte[] key, byte[] value, long timestamp) {
        return new DeadLetter(
                source + ".dlt",
                source,
                0,
                42,
                timestamp,
                key,
                value,
                headers,
                "orders",
                "tg-orders",
                "orders",
                "rejected",
                "boom",
                1,
                Instant.EPOCH);
    }

    private static void create(String topic, int partitions, Map<String, String> configs) throws Exception {
        try (Admin admin = broker.admin()) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(configs)))
                    .all()
                    .get();
        }
    }
}

package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.StoredRecords;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.fixture.TestCircuits;
import dev.tidegate.guard.Circuit;
import dev.tidegate.publish.KafkaPublisher;
import dev.tidegate.publish.PublishResult;
import dev.tidegate.publish.PublishResult.Failed;
import dev.tidegate.publish.PublishResult.Fault;
import dev.tidegate.publish.PublishResult.Published;
import dev.tidegate.publish.PublisherSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class PublisherIT {
    private static final Duration MAX_BLOCK = Duration.ofMillis(800);
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration BOUND = MAX_BLOCK.plus(DELIVERY_TIMEOUT).plusSeconds(1);

    private static KafkaBroker broker;

    private final TestCircuits circuits = TestCircuits.alone();
    private final Circuit circuit = circuits.circuit("orders-done");
    private final ExecutorService threads = Executors.newCachedThreadPool();

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
        circuits.close();
    }

    @Test
    void success_is_the_brokers_acknowledgement() throws Exception {
        broker.createTopic("acknowledged", 3);
        try (KafkaPublisher publisher = publisher("acknowledged", Map.of())) {
            // A broker that has only just started may need longer for the first record than the delivery timeout here.
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            publisher.publishAndWait(record("acknowledged", 1)).succeeded());
            int before = StoredRecords.of(broker, "acknowledged").size();
            long acknowledgedBefore = publisher.status().acknowledged();
            List<Future<PublishResult>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                results.add(threads.submit(() -> publisher.publishAndWait(record("acknowledged", 100))));
            }

            for (Future<PublishResult> result : results) {
                assertThat(result.get()).isInstanceOf(Published.class);
            }
            assertThat(publisher.status().acknowledged()).isEqualTo(acknowledgedBefore + 200);
            assertThat(StoredRecords.of(broker, "acknowledged")).hasSize(before + 200);
        }
    }

    @Test
    void a_missing_topic_is_its_own_fault_and_heals_when_the_topic_comes() {
        try (KafkaPublisher publisher = publisher("missing", Map.of())) {
            for (int i = 0; i < 4; i++) {
                PublishResult result = publisher.publishAndWait(record("missing", 1));
                assertThat(result)
                        .isInstanceOfSatisfying(
                                Failed.class,
                                failed -> assertThat(failed.fault()).isEqualTo(Fault.TOPIC));
            }
            assertThat(circuit.state()).isEqualTo(EffectiveState.CLOSED);

            broker.createTopic("missing", 1);

            await().until(() -> publisher.publishAndWait(record("missing", 1)).succeeded());
        }
    }

    @Test
    void a_topic_that_is_deleted_while_records_are_on_their_way_does_not_open_the_circuit() throws Exception {
        broker.createTopic("deleted", 1);
        try (KafkaPublisher publisher = publisher("deleted", Map.of())) {
            assertThat(publisher.publishAndWait(record("deleted", 1)).succeeded())
                    .isTrue();
            try (Admin admin = broker.admin()) {
                admin.deleteTopics(List.of("deleted")).all().get();
            }

            for (int i = 0; i < 4; i++) {
                PublishResult result = publisher
                        .send(record("deleted", 1))
                        .toCompletableFuture()
                        .get();
                assertThat(result)
                        .isInstanceOfSatisfying(
                                Failed.class,
                                failed -> assertThat(failed.fault()).isEqualTo(Fault.TOPIC));
            }
            assertThat(circuit.state()).isEqualTo(EffectiveState.CLOSED);
        }
    }

    @Test
    void a_record_over_either_limit_is_its_own_fault() throws Exception {
        try (Admin admin = broker.admin()) {
            NewTopic small = new NewTopic("small", 1, (short) 1).configs(Map.of("max.message.bytes", "10000"));
            admin.createTopics(List.of(small)).all().get();
        }
        try (KafkaPublisher publisher = publisher("small", Map.of())) {
            for (int bytes : new int[] {20_000, 2_000_000, 20_000, 2_000_000}) {
                PublishResult result = publisher.publishAndWait(record("small", bytes));
                assertThat(result)
                        .isInstanceOfSatisfying(
                                Failed.class,
                                failed -> assertThat(failed.fault()).isEqualTo(Fault.RECORD));
            }
            assertThat(publisher.publishAndWait(record("small", 100)).succeeded())
                    .isTrue();
            assertThat(circuit.state()).isEqualTo(EffectiveState.CLOSED);
            assertThat(publisher.status().acknowledged()).isEqualTo(1);
        }
    }

    @Test
    void a_killed_broker_opens_the_circuit_and_a_probe_closes_it_again() throws Exception {
        broker.createTopic("killed", 1);
        try (KafkaPublisher publisher = publisher("killed", Map.of())) {
            assertThat(publisher.publishAndWait(record("killed", 1)).succeeded())
                    .isTrue();
            broker.kill();
            try {
                assertAllEndWithin(publisher, "killed", 50, 1);
                // The client notices that a record's time is over up to a second late, while it waits to reconnect.
                await().until(() -> circuit.state() != EffectiveState.CLOSED);
                assertThat(publisher.status().failed()).isEqualTo(50);
            } finally {
                broker.start();
            }

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> publisher.publishAndWait(record("killed", 1)).succeeded());
            await().untilAsserted(() -> assertThat(circuit.state()).isEqualTo(EffectiveState.CLOSED));
        }
    }

    @Test
    void two_hundred_callers_with_a_full_buffer_and_a_frozen_broker_end_within_the_bound() throws Exception {
        broker.createTopic("frozen", 1);
        try (KafkaPublisher publisher = publisher("frozen", Map.of("buffer.memory", "1048576"))) {
            assertThat(publisher.publishAndWait(record("frozen", 1)).succeeded())
                    .isTrue();
            broker.freeze();
            try {
                assertAllEndWithin(publisher, "frozen", 200, 10_240);
            } finally {
                broker.thaw();
            }

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> publisher.publishAndWait(record("frozen", 1)).succeeded());
            await().untilAsserted(() -> assertThat(circuit.state()).isEqualTo(EffectiveState.CLOSED));
        }
    }

    private void assertAllEndWithin(KafkaPublisher publisher, String topic, int callers, int bytes) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Duration>> all = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            all.add(threads.submit(() -> {
                start.await();
                long begin = System.nanoTime();
                assertThat(publisher.publishAndWait(record(topic, bytes)).succeeded())
                        .isFalse();
                return Duration.ofNanos(System.nanoTime() - begin);
            }));
        }
        start.countDown();
        for (Future<Duration> one : all) {
            assertThat(one.get()).isLessThan(BOUND);
        }
    }

    private KafkaPublisher publisher(String topic, Map<String, String> more) {
        Map<String, String> kafka = new HashMap<>(more);
        kafka.put("bootstrap.servers", broker.bootstrapServers());
        PublisherSettings settings =
                new PublisherSettings("orders-done", topic, "orders-done", MAX_BLOCK, DELIVERY_TIMEOUT, kafka);
        return new KafkaPublisher(
                settings,
                circuit,
                properties -> new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()),
                threads,
                System::nanoTime);
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, int bytes) {
        return new ProducerRecord<>(topic, new byte[bytes]);
    }
}

package dev.tidegate.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.StoredRecords;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.drain.Outcome;
import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.fixture.SharedBroker;
import dev.tidegate.fixture.TestCircuits;
import dev.tidegate.guard.Circuit;
import dev.tidegate.it.DrainerFleet;
import dev.tidegate.it.GroupProtocol;
import dev.tidegate.publish.KafkaPublisher;
import dev.tidegate.publish.PublishResult;
import dev.tidegate.publish.PublishResult.Failed;
import dev.tidegate.publish.PublishResult.Fault;
import dev.tidegate.publish.PublisherSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Publishers whose broker answers nothing, and records that no broker takes. */
@Timeout(120)
class BrokerAwayIT {
    private static final Duration MAX_BLOCK = Duration.ofMillis(800);
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration BOUND =
            MAX_BLOCK.multipliedBy(2).plus(DELIVERY_TIMEOUT).plusSeconds(1);

    private final KafkaBroker broker = SharedBroker.get();
    private final TestCircuits circuits = TestCircuits.alone();
    private final Circuit circuit = circuits.circuit("orders-done");
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        broker.network().heal();
        threads.shutdownNow();
        circuits.close();
    }

    private record Ended(PublishResult result, Duration after) {}

    /**
     * The trouble of quarkusio/quarkus#42616: threads sat in the producer's send, one after the other up to
     * {@code max.block.ms}, so that a batch of three took minutes.
     */
    @Test
    void a_network_that_swallows_everything_holds_no_caller_beyond_the_bound_however_many_call() throws Exception {
        broker.createTopic("swallowed", 1);
        AtomicInteger ids = new AtomicInteger();
        try (KafkaPublisher publisher = publisher("swallowed", broker.bootstrapServersThroughNetwork())) {
            broker.network().blackHole();
            List<Ended> together = callTogether(publisher, "swallowed", 50, ids);
            assertThat(together).allSatisfy(one -> {
                assertThat(one.result().succeeded()).isFalse();
                assertThat(one.after()).isLessThan(BOUND);
            });
            await().atMost(DrainerFleet.SOON).until(() -> circuit.state() != EffectiveState.CLOSED);
            assertThat(callTogether(publisher, "swallowed", 50, ids))
                    .filteredOn(one -> one.result() instanceof PublishResult.Refused)
                    .hasSizeGreaterThan(45)
                    .allSatisfy(one -> assertThat(one.after()).isLessThan(Duration.ofMillis(250)));

            broker.network().heal();
            await().atMost(DrainerFleet.SOON)
                    .until(() -> call(publisher, "swallowed", ids).result().succeeded());
            await().atMost(DrainerFleet.SOON).until(() -> circuit.state() == EffectiveState.CLOSED);
            List<String> stored = StoredRecords.of(broker, "swallowed").stream()
                    .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                    .toList();
            assertThat(stored).as("one call, one record").doesNotHaveDuplicates();
        }
    }

    private List<Ended> callTogether(KafkaPublisher publisher, String topic, int callers, AtomicInteger ids)
            throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Ended>> all = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            all.add(threads.submit(() -> {
                start.await();
                return call(publisher, topic, ids);
            }));
        }
        start.countDown();
        List<Ended> ended = new ArrayList<>();
        for (Future<Ended> one : all) {
            ended.add(one.get());
        }
        return ended;
    }

    private static Ended call(KafkaPublisher publisher, String topic, AtomicInteger ids) {
        byte[] id = Integer.toString(ids.getAndIncrement()).getBytes(StandardCharsets.UTF_8);
        long begin = System.nanoTime();
        PublishResult result = publisher.publishAndWait(new ProducerRecord<>(topic, id));
        return new Ended(result, Duration.ofNanos(System.nanoTime() - begin));
    }

    /**
     * The trouble of mferretti/SeedStream#258: sends were counted when submitted, a record over the size limit was dropped
     * with a line in the log, and the job said that all was sent.
     */
    @Test
    void what_is_too_large_fails_by_itself_and_only_what_was_acknowledged_counts() throws Exception {
        broker.createTopic("too-large", 1);
        try (KafkaPublisher publisher = publisher("too-large", broker.bootstrapServers())) {
            List<Future<PublishResult>> results = new ArrayList<>();
            for (int i = 1; i <= 100; i++) {
                int bytes = i % 10 == 0 ? 2 << 20 : 100;
                results.add(threads.submit(
                        () -> publisher.publishAndWait(new ProducerRecord<>("too-large", new byte[bytes]))));
            }
            int failed = 0;
            for (Future<PublishResult> one : results) {
                if (one.get() instanceof Failed failure) {
                    failed++;
                    assertThat(failure.fault()).isEqualTo(Fault.RECORD);
                    assertThat(failure.error()).hasMessageContaining("1048576");
                }
            }
            assertThat(failed).isEqualTo(10);
            assertThat(publisher.status().acknowledged()).isEqualTo(90);
            assertThat(StoredRecords.of(broker, "too-large")).hasSize(90);
            assertThat(circuit.state()).isEqualTo(EffectiveState.CLOSED);
        }
    }

    @Test
    void a_result_that_is_too_large_dead_letters_its_source_and_stops_nobody() {
        broker.createTopic("results-out", 1);
        try (DrainerFleet fleet = new DrainerFleet(broker, "large-results", 1, GroupProtocol.COOPERATIVE)) {
            fleet.settings.publisher = "results-out";
            fleet.produce(10, 1);
            fleet.join("a", delivery -> {
                fleet.handled.add(delivery);
                return new Outcome.Done(new byte[delivery.offset() == 4 ? 2 << 20 : 10]);
            });
            fleet.topic.awaitDrained(DrainerFleet.SOON);

            assertThat(StoredRecords.of(broker, "results-out")).hasSize(9);
            assertThat(StoredRecords.of(broker, "large-results.dlt"))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.value()).isEqualTo("v4".getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Topics used in the very moment in which they were made: whatever their leaders still answer, nothing is stuck. */
    @Test
    void a_topic_made_just_now_takes_records_at_once() throws Exception {
        for (int round = 0; round < 8; round++) {
            String topic = "just-now-" + round;
            broker.createTopic(topic, 6);
            try (KafkaPublisher publisher = publisher(topic, broker.bootstrapServers())) {
                List<Future<PublishResult>> results = new ArrayList<>();
                for (int i = 0; i < 60; i++) {
                    int partition = i % 6;
                    results.add(threads.submit(() ->
                            publisher.publishAndWait(new ProducerRecord<>(topic, partition, null, new byte[] {1}))));
                }
                for (Future<PublishResult> one : results) {
                    assertThat(one.get().succeeded())
                            .as("%s: %s", topic, one.get())
                            .isTrue();
                }
            }
        }
    }

    private KafkaPublisher publisher(String topic, String bootstrapServers) {
        Map<String, String> kafka = new HashMap<>(Map.of("bootstrap.servers", bootstrapServers));
        PublisherSettings settings =
                new PublisherSettings("orders-done", topic, "orders-done", MAX_BLOCK, DELIVERY_TIMEOUT, kafka);
        return new KafkaPublisher(
                settings,
                circuit,
                properties -> new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()),
                threads,
                System::nanoTime);
    }
}

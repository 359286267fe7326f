package dev.tidegate.field;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.StoredRecords;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.drain.Delivery;
import dev.tidegate.drain.Outcome;
import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.fixture.RunLength;
import dev.tidegate.fixture.SharedBroker;
import dev.tidegate.guard.CircuitTransitioned;
import dev.tidegate.it.DrainerFleet;
import dev.tidegate.it.DrainerFleet.Member;
import dev.tidegate.it.GroupProtocol;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bad records among good ones, and good ones that only meet a bad time. */
@Timeout(120)
class PoisonIT {
    private final KafkaBroker broker = SharedBroker.get();

    private DrainerFleet fleet(String topic, int partitions) {
        return new DrainerFleet(broker, topic, partitions, GroupProtocol.COOPERATIVE);
    }

    /**
     * The trouble of smg-project/smg#2565: a 400 counted as a success, so bad requests in the mix kept the breaker closed,
     * and one bad request as a probe closed it.
     */
    @Test
    void bad_records_between_failures_neither_hold_the_circuit_closed_nor_close_it_again() {
        AtomicBoolean down = new AtomicBoolean(true);
        try (DrainerFleet fleet = fleet("mixed", 1)) {
            fleet.settings.concurrency = 1;
            for (int i = 0; i < 200; i++) {
                fleet.topic.produce("k" + i, i % 2 == 0 ? "good" + i : "bad" + i);
            }
            fleet.topic.flush();
            Member member = fleet.join("a", delivery -> {
                if (text(delivery.value()).startsWith("bad")) {
                    fleet.handled.add(delivery);
                    return new Outcome.Rejected("400", true);
                }
                return down.get() ? new Outcome.Failed("503", null) : fleet.handle(delivery);
            });

            fleet.awaitState(EffectiveState.OPEN);
            await("probes").atMost(DrainerFleet.SOON).until(() -> closings(member) == 0 && openings(member) > 5);
            assertThat(closings(member))
                    .as("closings while every good record fails")
                    .isZero();
            down.set(false);
            fleet.awaitVerdict(java.util.Set.of());
            assertThat(StoredRecords.of(broker, "mixed.dlt"))
                    .hasSize(100)
                    .allMatch(letter -> text(letter.value()).startsWith("bad"));
        }
    }

    private static long openings(Member member) {
        return transitionsTo(member, "OPEN");
    }

    private static long closings(Member member) {
        return transitionsTo(member, "CLOSED");
    }

    private static long transitionsTo(Member member, String state) {
        return member.instance().circuits.events().stream()
                .filter(CircuitTransitioned.class::isInstance)
                .map(CircuitTransitioned.class::cast)
                .filter(event -> event.to().name().equals(state))
                .count();
    }

    /**
     * The trouble of JiRaska/open-bank-oss#4163: while the breaker was open each refusal used an attempt up, and what only
     * met an outage ended as dead. Here one record alone meets one, with a breaker that trips and one that never does.
     */
    @Test
    void an_outage_uses_no_attempts_up_whether_the_circuit_trips_or_not() {
        for (int threshold : new int[] {3, 1_000}) {
            AtomicBoolean down = new AtomicBoolean(true);
            AtomicInteger calls = new AtomicInteger();
            try (DrainerFleet fleet = fleet("outage-" + threshold, 1)) {
                fleet.settings.maxAttempts = 3;
                fleet.policy = new dev.tidegate.core.CircuitPolicy(
                        threshold,
                        null,
                        Duration.ofMinutes(1),
                        threshold,
                        Duration.ofMillis(200),
                        1,
                        Duration.ofSeconds(1),
                        1,
                        1,
                        10,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10));
                fleet.produce(1, 1);
                Member member = fleet.join("a", delivery -> {
                    calls.incrementAndGet();
                    return down.get() ? new Outcome.Failed("401", null) : fleet.handle(delivery);
                });
                await("attempts").atMost(DrainerFleet.SOON).until(() -> calls.get() > 12);
                assertThat(member.drainer().status().rejected()).isZero();
                assertThat(member.drainer().status().blocking()).isNotNull();
                down.set(false);
                fleet.awaitVerdict(java.util.Set.of());
                assertThat(fleet.handled.values()).hasSize(1);
                assertThat(fleet.deadLetters()).isZero();
            }
        }
    }

    /** The trouble of astubbs/parallel-consumer#148: one record that cannot be deserialised ended the poll of all. */
    @Test
    void records_that_cannot_be_read_are_dead_lettered_as_they_were_and_their_neighbours_handled() throws Exception {
        try (DrainerFleet fleet = fleet("unreadable", 2)) {
            fleet.settings.kafka.put("key.deserializer", IntegerDeserializer.class.getName());
            fleet.settings.kafka.put("value.deserializer", IntegerDeserializer.class.getName());
            byte[] good = ByteBuffer.allocate(4).putInt(7).array();
            byte[][] values = {{1, 2, 3}, {}, good, {9}, {8, 8, 8}, good, null, good, {1, 2}};
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (int partition = 0; partition < 2; partition++) {
                for (byte[] value : values) {
                    records.add(new ProducerRecord<>("unreadable", partition, good, value));
                }
            }
            records.add(new ProducerRecord<>("unreadable", 0, new byte[] {5}, good));
            records.forEach(record -> record.headers().add("trace", new byte[] {(byte) 0xac, (byte) 0xed}));
            send(records);
            Member member = fleet.join("a", fleet::handle);

            fleet.topic.awaitDrained(DrainerFleet.SOON);
            List<ConsumerRecord<byte[], byte[]>> letters = StoredRecords.of(broker, "unreadable.dlt");
            assertThat(letters).hasSize(11);
            assertThat(letters)
                    .allSatisfy(letter -> assertThat(
                                    letter.headers().lastHeader("trace").value())
                            .isEqualTo(new byte[] {(byte) 0xac, (byte) 0xed}));
            assertThat(letters).extracting(ConsumerRecord::value).contains(new byte[] {1, 2, 3}, new byte[0]);
            assertThat(letters).extracting(ConsumerRecord::key).contains(new byte[] {5});
            assertThat(fleet.handled.count()).isEqualTo(8);
            assertThat(member.circuit().counters().failures()).isZero();
        }
    }

    private void send(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "enable.idempotence", false),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (ProducerRecord<byte[], byte[]> record : records) {
                producer.send(record).get();
            }
        }
    }

    /**
     * The trouble of mateusjunges/laravel-kafka#346: a null value broke the reader and then the writer of dead letters, and a
     * null key the order or the speed of all that have none.
     */
    @Test
    void null_and_empty_stay_what_they_are_on_every_way() throws Exception {
        byte[][] keys = {null, {1}, null, {1}, {}};
        byte[][] values = {null, null, {2}, {}, {2}};
        AtomicBoolean rejects = new AtomicBoolean();
        try (DrainerFleet fleet = fleet("tombstones", 1)) {
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                records.add(new ProducerRecord<>("tombstones", keys[i], values[i]));
            }
            List<Delivery> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
            fleet.join("a", delivery -> {
                seen.add(delivery);
                return rejects.get() ? new Outcome.Rejected("400", true) : fleet.handle(delivery);
            });
            send(records);
            await().atMost(DrainerFleet.SOON).until(() -> seen.size() == 5);
            rejects.set(true);
            send(records);
            fleet.topic.awaitDrained(DrainerFleet.SOON);

            seen.sort(java.util.Comparator.comparingLong(Delivery::offset));
            List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>(StoredRecords.of(broker, "tombstones.dlt"));
            letters.sort(java.util.Comparator.comparingLong(PoisonIT::sourceOffset));
            assertThat(letters).hasSize(5);
            for (int i = 0; i < 5; i++) {
                assertThat(seen.get(i).key()).isEqualTo(keys[i]);
                assertThat(seen.get(i).value()).isEqualTo(values[i]);
                assertThat(letters.get(i).key()).isEqualTo(keys[i]);
                assertThat(letters.get(i).value()).isEqualTo(values[i]);
            }
        }
    }

    private static long sourceOffset(ConsumerRecord<byte[], byte[]> letter) {
        Header offset = letter.headers().lastHeader("tidegate-source-offset");
        return Long.parseLong(text(offset.value()));
    }

    @Test
    void records_without_a_key_go_side_by_side_and_topics_of_one_drainer_each_keep_their_order() {
        int count = RunLength.of(400, 4_000);
        try (DrainerFleet fleet = fleet("keyless", 1)) {
            broker.createTopic("keyless-too", 1);
            fleet.settings.topics = List.of("keyless", "keyless-too");
            fleet.settings.concurrency = 16;
            for (int i = 0; i < count; i++) {
                fleet.topic.produce(null, "v" + i);
            }
            fleet.topic.flush();
            long start = System.nanoTime();
            fleet.join("a", delivery -> {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                return fleet.handle(delivery);
            });
            await().atMost(DrainerFleet.SOON).until(() -> fleet.handled.count() == count);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("one after another it takes %d ms", 50 * count)
                    .isLessThan(Duration.ofMillis(50L * count / 4));
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}

package dev.tidegate.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.EffectiveState;
import dev.tidegate.drain.DrainerStatus.PartitionStatus;
import dev.tidegate.drain.PauseCause;
import dev.tidegate.drain.Skip;
import dev.tidegate.drain.wish.WishAnswer;
import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.it.DrainerFleet;
import dev.tidegate.it.DrainerFleet.Member;
import dev.tidegate.it.GroupProtocol;
import dev.tidegate.it.WishedInstance;
import dev.tidegate.store.InMemoryDrainerWishes;
import dev.tidegate.store.InMemorySkipWishes;
import dev.tidegate.store.SkipWish;
import dev.tidegate.store.SkipWish.State;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The trouble of confluentinc/librdkafka#5581: a batch that fails its checksum was fetched again and again, and the consumer
 * stood still without an error and without a way on.
 */
@Timeout(240)
@Tag("full-length")
class CorruptBatchIT {
    private static final int BATCH_HEADER = 61;
    private static final Set<String> LOST = places(0, 10, 20);

    private final InMemoryDrainerWishes wishes = new InMemoryDrainerWishes(InstantSource.system());
    private final InMemorySkipWishes skips = new InMemorySkipWishes(InstantSource.system());
    private final Map<String, WishedInstance> instances = new HashMap<>();

    @Test
    void a_corrupt_batch_stops_its_partition_alone_until_an_operator_lets_it_go_on(@TempDir Path directory)
            throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(directory);
                DrainerFleet fleet = new DrainerFleet(broker, "damaged", 3, GroupProtocol.COOPERATIVE)) {
            produce(broker);
            broker.stop();
            flip(directory.resolve("data/damaged-0/00000000000000000000.log"), 1);
            broker.start();
            fleet.beforeStart = (name, drainer) -> instances.put(
                    name, WishedInstance.over(wishes, skips, name, drainer).poll());
            Member first = fleet.join("a", fleet::handle);
            Member second = fleet.join("b", fleet::handle);

            await("stops").atMost(DrainerFleet.SOON).until(() -> isCorrupt(first) ^ isCorrupt(second));
            await("others go on")
                    .atMost(DrainerFleet.SOON)
                    .until(() -> Map.of(0, 10L, 1, 100L, 2, 100L).equals(fleet.topic.committed()));
            assertThat(first.circuit().state()).isEqualTo(EffectiveState.CLOSED);
            assertThat(second.circuit().state()).isEqualTo(EffectiveState.CLOSED);
            assertThat(fleet.handled.places()).doesNotContainAnyElementsOf(LOST).hasSize(210);

            WishedInstance asked = instances.get(isCorrupt(first) ? "b" : "a");
            assertThat(ended(asked, ask(asked, 10, null)).outcome()).contains("toOffset");
            assertThat(ended(asked, ask(asked, 10, 1_000L)).outcome()).contains("the end of its log, 30");
            assertThat(fleet.topic.committed())
                    .as("nothing is skipped by itself")
                    .containsEntry(0, 10L);
            assertThat(ended(asked, ask(asked, 10, 20L)).state()).isEqualTo(State.DONE);

            fleet.awaitVerdict(places(0, 20, 30), Set.of());
            assertThat(fleet.handled.places()).doesNotContainAnyElementsOf(LOST).hasSize(220);
            fleet.assertAllResumed();
        } finally {
            instances.values().forEach(WishedInstance::close);
        }
    }

    private static Set<String> places(int partition, long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(offset -> partition + ":" + offset)
                .collect(Collectors.toSet());
    }

    private static void produce(KafkaBroker broker) throws Exception {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "compression.type",
                "zstd",
                "enable.idempotence",
                false,
                "linger.ms",
                10_000);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int batch = 0; batch < 3; batch++) {
                send(producer, 0, 10);
            }
            send(producer, 1, 100);
            send(producer, 2, 100);
        }
    }

    // All of one call are one batch.
    private static void send(KafkaProducer<byte[], byte[]> producer, int partition, int count) {
        for (int i = 0; i < count; i++) {
            byte[] key = ("k" + i).getBytes(StandardCharsets.UTF_8);
            Future<RecordMetadata> unused = producer.send(new ProducerRecord<>("damaged", partition, key, key));
        }
        producer.flush();
    }

    /** Flips a byte in the payload of one batch and leaves its header as it is. */
    private static void flip(Path log, int batch) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            long at = 0;
            for (int each = 0; each < batch; each++) {
                at += sizeOf(file, at);
            }
            assertThat(longAt(file, at)).as("first offset of the batch").isEqualTo(10L * batch);
            long inside = at + BATCH_HEADER + (sizeOf(file, at) - BATCH_HEADER) / 2;
            file.seek(inside);
            int before = file.read();
            file.seek(inside);
            file.write(before ^ 1);
        }
    }

    private static long sizeOf(RandomAccessFile file, long batch) throws IOException {
        file.seek(batch + 8);
        return 12L + file.readInt();
    }

    private static long longAt(RandomAccessFile file, long at) throws IOException {
        file.seek(at);
        return file.readLong();
    }

    private static boolean isCorrupt(Member member) {
        return member.drainer().status().partitions().stream()
                .filter(owned -> owned.partition() == 0)
                .map(PartitionStatus::pauseCauses)
                .anyMatch(causes -> causes.contains(PauseCause.CORRUPT));
    }

    private static SkipWish ask(WishedInstance at, long offset, Long toOffset) {
        Skip skip = new Skip("damaged", 0, offset, toOffset, "anna", "the disk was replaced");
        return ((WishAnswer.Done<SkipWish>) at.operator.ask("orders", skip)).wish();
    }

    private static SkipWish ended(WishedInstance at, SkipWish wish) {
        return await("ended")
                .atMost(DrainerFleet.SOON)
                .until(
                        () -> at.operator.skip(wish.id()).orElseThrow(),
                        now -> !now.state().isOpen());
    }
}

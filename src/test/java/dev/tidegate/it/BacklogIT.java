package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.EffectiveState;
import dev.tidegate.drain.DrainerSettings.Ordering;
import dev.tidegate.drain.DrainerStatus.PartitionStatus;
import dev.tidegate.drain.Outcome;
import dev.tidegate.drain.PauseCause;
import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.fixture.RunLength;
import dev.tidegate.fixture.SharedBroker;
import dev.tidegate.it.DrainerFleet.Member;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Far more records than memory may hold. At full length a million wait. */
@Timeout(300)
class BacklogIT {
    private static final int PARTITIONS = 4;
    private static final int WAITING = RunLength.of(100_000, 1_000_000);
    private static final int BYTES = 200;
    private static final Duration LONG = Duration.ofMinutes(3);

    private final KafkaBroker broker = SharedBroker.get();

    @Test
    void a_backlog_costs_no_memory_beyond_the_marks_and_is_drained_once_the_downstream_is_back() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        LongAdder done = new LongAdder();
        try (DrainerFleet fleet = new DrainerFleet(broker, "backlog", PARTITIONS, GroupProtocol.COOPERATIVE)) {
            fleet.settings.bufferRecords = 1_000;
            fleet.settings.concurrency = 64;
            fleet.settings.kafka.put("max.poll.records", "500");
            fill("backlog");
            long before = usedHeap();
            Member member = fleet.join("a", delivery -> {
                if (down.get()) {
                    return new Outcome.Failed("503", null);
                }
                done.increment();
                return Outcome.Done.WITHOUT_RESULT;
            });
            fleet.awaitOwned(PARTITIONS);
            fleet.awaitState(EffectiveState.OPEN);
            await("lag").atMost(LONG).until(() -> lag(member) == WAITING);
            assertThat(usedHeap() - before).as("heap while open").isLessThan(32L << 20);
            assertThat(member.drainer().status().buffered()).isLessThanOrEqualTo(PARTITIONS * (1_000 + 500));

            down.set(false);
            await("half").atMost(LONG).until(() -> done.sum() > WAITING / 2);
            assertThat(member.drainer().status().buffered()).isLessThanOrEqualTo(PARTITIONS * (1_000 + 500));
            fleet.topic.awaitDrained(LONG);
            assertThat(done.sum()).isEqualTo(WAITING);
            assertThat(usedHeap() - before).as("heap when drained").isLessThan(32L << 20);
        }
    }

    private static long lag(Member member) {
        return member.drainer().status().partitions().stream()
                .map(PartitionStatus::lag)
                .mapToLong(lag -> lag == null ? 0 : lag)
                .sum();
    }

    private void fill(String topic) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "enable.idempotence",
                        false,
                        "batch.size",
                        256 * 1024,
                        "linger.ms",
                        20),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < WAITING; i++) {
                byte[] key = Integer.toString(i % 10_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
                var unused = producer.send(new ProducerRecord<>(topic, i % PARTITIONS, key, new byte[BYTES]));
            }
            producer.flush();
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void a_partition_that_is_stuck_fills_its_own_buffer_alone() {
        CountDownLatch release = new CountDownLatch(1);
        try (DrainerFleet fleet = new DrainerFleet(broker, "stuck", 3, GroupProtocol.COOPERATIVE)) {
            fleet.settings.ordering = Ordering.PARTITION;
            fleet.settings.bufferRecords = 50;
            fleet.settings.timeout = Duration.ofMinutes(2);
            fleet.produce(900, 3);
            Member member = fleet.join("a", delivery -> {
                if (delivery.partition() == 1 && delivery.offset() == 0) {
                    release.await(1, TimeUnit.MINUTES);
                }
                return fleet.handle(delivery);
            });
            await("others")
                    .atMost(DrainerFleet.SOON)
                    .until(() -> fleet.topic.committed().equals(Map.of(0, 300L, 2, 300L)));
            await("full")
                    .atMost(DrainerFleet.SOON)
                    .until(() -> member.drainer().status().partitions().stream()
                            .allMatch(
                                    at -> at.pauseCauses().contains(PauseCause.BACKPRESSURE) == (at.partition() == 1)));
            assertThat(member.drainer().status().buffered()).isBetween(40, 100);

            release.countDown();
            fleet.awaitVerdict(java.util.Set.of());
            assertThat(fleet.handled.places()).hasSize(900);
        }
    }

    @Test
    void an_answer_that_is_awaited_holds_no_thread() {
        int flying = 400;
        Queue<CompletableFuture<Outcome>> answers = new ConcurrentLinkedQueue<>();
        try (DrainerFleet fleet = new DrainerFleet(broker, "flying", 1, GroupProtocol.COOPERATIVE)) {
            fleet.settings.concurrency = flying;
            fleet.settings.ordering = Ordering.UNORDERED;
            fleet.settings.timeout = Duration.ofMinutes(2);
            fleet.produce(flying, 1);
            int before = ManagementFactory.getThreadMXBean().getThreadCount();
            fleet.joinAsync("a", delivery -> {
                CompletableFuture<Outcome> answer = new CompletableFuture<>();
                answers.add(answer);
                return answer.whenComplete((outcome, error) -> fleet.handled.add(delivery));
            });
            await("in flight").atMost(DrainerFleet.SOON).until(() -> answers.size() == flying);
            // The workers that handed them over are idle and go by themselves; what is held would be one for each.
            await("threads")
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> busyWorkers() == 0
                            && ManagementFactory.getThreadMXBean().getThreadCount() - before < flying);
            answers.forEach(answer -> answer.complete(Outcome.Done.WITHOUT_RESULT));
            fleet.topic.awaitDrained(DrainerFleet.SOON);
            assertThat(fleet.handled.count()).isEqualTo(flying);
        }
    }

    private static long busyWorkers() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(java.util.Arrays::stream)
                .filter(frame -> frame.getClassName().endsWith("drain.ProcessorCall"))
                .count();
    }
}

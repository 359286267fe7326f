package dev.tidegate.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions come and go, operators pause, the downstream fails: chosen by a seed, and judged by what must never happen. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DrainerStormTest {
    private static final int PARTITIONS = 4;
    private static final int RECORDS = 400;
    private static final int STEPS = 120;

    private final DrainerBench bench = new DrainerBench();
    private final Set<String> settled = ConcurrentHashMap.newKeySet();
    private final Map<String, List<Long>> firstTimes = new ConcurrentHashMap<>();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private volatile double failing;

    private static List<TopicPartition> all() {
        List<TopicPartition> all = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            all.add(new TopicPartition("orders", i));
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_260, 77_003})
    void nothing_is_lost_nor_passed_nor_taken_back(long seed) {
        Random random = new Random(seed);
        bench.settings.timeout = Duration.ofMillis(200);
        bench.settings.quiesceTimeout = Duration.ofMillis(random.nextInt(100));
        bench.settings.maxAttempts = 1_000;
        bench.settings.rejectOn = List.of("java.lang.UnsupportedOperationException");
        bench.consumer = new StoredLog(seed);
        KafkaDrainer drainer = bench.start(delivery -> process(delivery, new Random(seed ^ System.nanoTime())));
        for (int step = 0; step < STEPS; step++) {
            disturb(random, drainer);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(30)));
        }

        failing = 0;
        drainer.resume(PauseCause.OPERATOR);
        bench.consumer.assign(all().toArray(new TopicPartition[0]));

        await().alias("seed " + seed)
                .atMost(Duration.ofSeconds(30))
                .until(() -> all().stream().allMatch(partition -> bench.consumer.committedOf(partition) == RECORDS));
        bench.close();
        assertThat(broken).as("seed %d", seed).isEmpty();
        bench.letters.sent.forEach(letter -> settled.add(letter.partition() + "@" + letter.offset()));
        assertThat(settled).as("seed %d", seed).hasSize(PARTITIONS * RECORDS);
        firstTimes.forEach((key, offsets) ->
                assertThat(offsets).as("seed %d, key %s", seed, key).isSorted());
    }

    private void disturb(Random random, KafkaDrainer drainer) {
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                List<TopicPartition> some = all();
                some.removeIf(partition -> random.nextInt(3) == 0);
                bench.consumer.assign(some.toArray(new TopicPartition[0]));
            }
            case 2 ->
                bench.consumer.schedulePollTask(
                        () -> bench.consumer.losePartitions(new ArrayList<>(bench.consumer.assignment())));
            case 3 -> drainer.pause(PauseCause.OPERATOR);
            case 4 -> drainer.resume(PauseCause.OPERATOR);
            case 5 -> failing = random.nextInt(3) == 0 ? 1 : random.nextDouble() / 2;
            default -> throw new AssertionError();
        }
    }

    private Outcome process(Delivery delivery, Random random) {
        if (random.nextDouble() < failing) {
            return switch (random.nextInt(3)) {
                case 0 -> new Outcome.Busy(null);
                case 1 -> new Outcome.Failed("503", null);
                default -> throw new IllegalStateException("down");
            };
        }
        // Always the same ones: a record that is put away at one time and handled at another has no one place in its
        // order.
        if (delivery.offset() % 101 == 7) {
            throw new UnsupportedOperationException("bad");
        }
        LockSupport.parkNanos(random.nextInt(3_000_000));
        if (settled.add(delivery.partition() + "@" + delivery.offset())) {
            String key = delivery.partition() + "/" + delivery.key()[0];
            firstTimes.computeIfAbsent(key, any -> new ArrayList<>()).add(delivery.offset());
        }
        return Outcome.Done.WITHOUT_RESULT;
    }

    /** Gives every assignment what lies above the commits, as a broker would, and looks at each commit. */
    private final class StoredLog extends QuickConsumer {
        private final long seed;

        StoredLog(long seed) {
            this.seed = seed;
            Map<TopicPartition, Long> begins = new HashMap<>();
            all().forEach(partition -> begins.put(partition, 0L));
            updateBeginningOffsets(begins);
            setMaxPollRecords(50);
        }

        @Override
        void assign(TopicPartition... partitions) {
            schedulePollTask(() -> {
                rebalance(List.of(partitions));
                for (TopicPartition partition : partitions) {
                    Random keys = new Random(seed + partition.partition());
                    for (long offset = 0; offset < RECORDS; offset++) {
                        addRecord(record(partition, offset, "" + (char) ('a' + keys.nextInt(12)), "v"));
                    }
                }
            });
        }

        @Override
        void committing(Map<TopicPartition, OffsetAndMetadata> offsets) {
            Set<String> letters = ConcurrentHashMap.newKeySet();
            bench.letters.sent.forEach(letter -> letters.add(letter.partition() + "@" + letter.offset()));
            offsets.forEach((partition, offset) -> {
                if (!assignment().contains(partition)) {
                    broken.add("commit of " + partition + ", which is not owned");
                }
                if (offset.offset() < committed.getOrDefault(partition, 0L)) {
                    broken.add(partition + " goes back from " + committed.get(partition) + " to " + offset.offset());
                }
                for (long below = committed.getOrDefault(partition, 0L); below < offset.offset(); below++) {
                    String id = partition.partition() + "@" + below;
                    if (!settled.contains(id) && !letters.contains(id)) {
                        broken.add(id + " was passed by commit " + offset.offset());
                    }
                }
                committed.put(partition, offset.offset());
            });
        }
    }
}

package dev.tidegate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;

/** What must be true after every fault, once it has healed: by what was seen from outside alone. For one test thread. */
public final class Verdict {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final FleetBench bench;
    private final Set<String> acknowledged = new HashSet<>();

    public Verdict(FleetBench bench) {
        this.bench = bench;
    }

    /** Ends the traffic and waits for {@link #await}. */
    public void awaitAfter(SteadyTraffic traffic) throws Exception {
        sent(traffic.end());
        await();
    }

    /** More records, as {@code partition:offset}, that the broker acknowledged to their sender. */
    public void sent(Set<String> records) {
        acknowledged.addAll(records);
    }

    /**
     * Waits until nothing is left to do, and fails if an acknowledged record was not handled, a key was handled out of order,
     * something was dead-lettered, an offset went back, the instances differ from the row, or an epoch is missing.
     */
    public void await() throws Exception {
        Awaitility.await("lag").atMost(LIMIT).untilAsserted(() -> {
            assertThat(bench.offsets().partitions()).isEqualTo(FleetBench.PARTITIONS);
            assertThat(bench.offsets().lag()).isZero();
        });
        Set<String> lost = new HashSet<>(acknowledged);
        lost.removeAll(bench.handled());
        assertThat(lost).as("acknowledged and not handled").isEmpty();
        assertThat(KeyOrder.broken(bench.downstream().calls(FleetBench.DRAINER)))
                .as("keys handled out of order")
                .isEmpty();
        assertThat(bench.deadLetters()).as("dead letters").isZero();
        assertThat(bench.offsets().wentBack()).as("committed offsets went back").isEmpty();
        Awaitility.await("one state").atMost(LIMIT).untilAsserted(() -> {
            assertThat(bench.row()).startsWith("CLOSED");
            assertThat(bench.instances()).extracting(bench::circuitOf).containsOnly(bench.row());
            assertThat(bench.circuitStates()).containsOnly("CLOSED");
        });
        assertHistoryWithoutGap();
    }

    private void assertHistoryWithoutGap() {
        List<Long> epochs = bench.epochs();
        assertThat(epochs)
                .isEqualTo(LongStream.rangeClosed(1, epochs.size()).boxed().toList());
    }
}

package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.FleetBench;
import dev.tidegate.bench.Footprint;
import dev.tidegate.bench.PassingMember;
import dev.tidegate.bench.SteadyTraffic;
import dev.tidegate.bench.Verdict;
import dev.tidegate.demo.downstream.Fault;
import dev.tidegate.fixture.RunLength;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real server whose circuit opens at every failure of a downstream that fails every fifth call, while a stranger joins and
 * leaves its group again and again. What it holds afterwards is what it held at the beginning.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnduranceIT {
    private static final System.Logger LOG = System.getLogger(EnduranceIT.class.getName());
    private static final Duration LONG = Duration.ofMinutes(20);
    private static final int CYCLES = RunLength.of(25, 1_000);
    private static final int PASSES = RunLength.of(4, 100);
    private static final int WARM_CYCLES = 5;
    private static final int WARM_PASSES = 1;
    /** What pools and the collector may leave different. */
    private static final int FEW = 12;

    private static final long FEW_BYTES = 8L << 20;

    private FleetBench bench;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        bench = FleetBench.prepare(
                directory,
                List.of("a"),
                Map.of(
                        "TIDEGATE_CIRCUIT_ORDERS_FAILURE_THRESHOLD", "1",
                        "TIDEGATE_CIRCUIT_ORDERS_BREAK_DURATION", "PT0.1S",
                        "TIDEGATE_DRAINER_ORDERS_RETRY_DELAY", "PT0.02S",
                        "TIDEGATE_DRAINER_ORDERS_RETRY_MAX_DELAY", "PT0.1S",
                        "TIDEGATE_DRAINER_ORDERS_MAX_ATTEMPTS", "1000",
                        "TIDEGATE_KAFKA_HEARTBEAT_INTERVAL_MS", "300"));
        bench.launch();
    }

    @AfterAll
    void end() {
        bench.close();
    }

    @Test
    void threads_connections_and_heap_are_back_after_many_cycles_and_rebalances() throws Exception {
        try (SteadyTraffic traffic = bench.traffic()) {
            run(WARM_CYCLES, WARM_PASSES);
            Footprint base = atRest();
            int connections = connections();
            LOG.log(System.Logger.Level.INFO, "base: {0}, {1} connections", base, connections);

            long begin = System.nanoTime();
            run(CYCLES, PASSES);

            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(2))
                    .ignoreExceptions()
                    .untilAsserted(() -> {
                        Footprint now = atRest();
                        LOG.log(
                                System.Logger.Level.INFO,
                                "after {0} cycles and {1} rebalances in {2} s: {3}, {4} connections",
                                CYCLES,
                                2 * PASSES,
                                (System.nanoTime() - begin) / 1_000_000_000,
                                now,
                                connections());
                        assertThat(now.threads()).as("threads").isLessThanOrEqualTo(base.threads() + FEW);
                        assertThat(now.files()).as("open files").isLessThanOrEqualTo(base.files() + FEW);
                        assertThat(connections()).as("connections").isLessThanOrEqualTo(connections + 2);
                        assertThat(now.heapBytes())
                                .as("heap; at first %s, now %s", base.topClasses(), now.topClasses())
                                .isLessThanOrEqualTo(base.heapBytes() / 10 * 11 + FEW_BYTES);
                    });
            new Verdict(bench).awaitAfter(traffic);
        }
    }

    private void run(int cycles, int passes) {
        long until = closed() + cycles;
        bench.downstream().fault(FleetBench.DRAINER, Fault.error(503).withRatio(0.2));
        for (int pass = 0; pass < passes; pass++) {
            PassingMember.pass(bench.broker().bootstrapServers(), FleetBench.DRAINER, FleetBench.GROUP);
        }
        await(cycles + " cycles")
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> closed() >= until);
        bench.downstream().fault(FleetBench.DRAINER, Fault.NONE);
    }

    private Footprint atRest() throws Exception {
        await().atMost(Duration.ofMinutes(1)).until(() -> bench.row().startsWith("CLOSED"));
        return Footprint.of(bench.instances().get(0).pid());
    }

    private long closed() {
        return Long.parseLong(
                bench.query("select count(*) from tidegate_history where kind = 'TRANSITION' and circuit = '"
                                + FleetBench.DRAINER + "' and to_state = 'CLOSED'")
                        .get(0));
    }

    /** Those to the database, but for the one that asks. */
    private int connections() {
        return Integer.parseInt(
                bench.query("select count(*) from pg_stat_activity where backend_type = 'client backend'"
                                + " and pid <> pg_backend_pid()")
                        .get(0));
    }
}

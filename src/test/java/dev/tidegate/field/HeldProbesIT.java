package dev.tidegate.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.FleetBench;
import dev.tidegate.bench.SteadyTraffic;
import dev.tidegate.bench.Verdict;
import dev.tidegate.demo.downstream.Call;
import dev.tidegate.demo.downstream.Fault;
import dev.tidegate.fixture.LibertyServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The troubles of getnora-io/nora#585 and diegosouzapw/OmniRoute#13836: a probe that never ended left the breaker half-open
 * for days, and a holder that slept past its lease could still write when it woke. Here real servers hold the lease.
 */
@Timeout(600)
@Tag("full-length")
class HeldProbesIT {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration BREAK = Duration.ofSeconds(2);

    private FleetBench bench;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        String lease = LEASE.toString();
        bench = FleetBench.prepare(directory, List.of("a", "b"), Map.of("TIDEGATE_CIRCUIT_ORDERS_LEASE", lease));
        bench.launch();
    }

    @AfterEach
    void end() {
        bench.instances().forEach(LibertyServer::thaw);
        bench.close();
    }

    @Test
    void another_instance_probes_soon_after_the_lease_of_one_that_was_killed_with_its_probe_on_the_way()
            throws Exception {
        try (SteadyTraffic traffic = bench.traffic()) {
            LibertyServer holder = holderWhileProbesAre(Fault.hang());

            holder.kill();
            long killed = System.nanoTime();
            bench.downstream().fault(FleetBench.DRAINER, Fault.NONE);

            await().atMost(LONG).until(() -> bench.row().startsWith("CLOSED"));
            Duration took = Duration.ofNanos(firstCallAfter(killed) - killed);
            assertThat(took).isLessThan(LEASE.plusSeconds(2));

            holder.start();
            new Verdict(bench).awaitAfter(traffic);
        }
    }

    @Test
    void the_success_that_a_holder_reads_after_it_slept_through_its_lease_changes_nothing() throws Exception {
        try (SteadyTraffic traffic = bench.traffic()) {
            LibertyServer holder = holderWhileProbesAre(Fault.slow(Duration.ofMillis(1_500)));

            holder.freeze();
            long frozen = System.nanoTime();
            bench.downstream().fault(FleetBench.DRAINER, Fault.error(503));
            await().atMost(LONG).until(() -> firstCallAfter(frozen) > 0);
            Duration took = Duration.ofNanos(firstCallAfter(frozen) - frozen);
            await().pollDelay(LEASE.multipliedBy(3)).atMost(LONG).until(() -> true);
            holder.thaw();

            assertThat(took).isLessThan(LEASE.plusSeconds(2));
            await().during(BREAK.multipliedBy(3))
                    .atMost(LONG)
                    .until(() -> !bench.row().startsWith("CLOSED"));
            assertThat(bench.query("select cause from tidegate_history where circuit = 'orders' and cause ="
                            + " 'PROBES_SUCCEEDED'"))
                    .isEmpty();

            bench.downstream().fault(FleetBench.DRAINER, Fault.NONE);
            new Verdict(bench).awaitAfter(traffic);
        }
    }

    /** Trips the circuit, and waits until an instance has a probe on its way that meets that fault. */
    private LibertyServer holderWhileProbesAre(Fault fault) {
        await().atMost(LONG)
                .until(() -> bench.owners(bench.instances().get(0)).keySet().size() == 2);
        await().atMost(LONG).until(() -> bench.handledCount() > 20);
        bench.downstream().fault(FleetBench.DRAINER, Fault.error(503));
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> bench.row().startsWith("OPEN"));
        bench.downstream().fault(FleetBench.DRAINER, fault);
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> bench.row().startsWith("HALF_OPEN")
                        && bench.downstream().counts(FleetBench.DRAINER).open() > 0);
        String owner = bench.query("select lease_owner from tidegate_circuit where name = 'orders'")
                .get(0);
        return bench.instances().stream()
                .filter(instance -> instance.name().equals(owner))
                .findFirst()
                .orElseThrow();
    }

    /** When the downstream first saw a call that began after that, 0 for never. */
    private long firstCallAfter(long nanos) {
        return bench.downstream().calls(FleetBench.DRAINER).stream()
                .mapToLong(Call::startNanos)
                .filter(start -> start - nanos > 0)
                .min()
                .orElse(0);
    }
}

package dev.tidegate.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.FleetBench;
import dev.tidegate.bench.SteadyTraffic;
import dev.tidegate.bench.Verdict;
import dev.tidegate.demo.downstream.Call;
import dev.tidegate.demo.downstream.Fault;
import dev.tidegate.fixture.RunLength;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The trouble of jaseci-labs/jac#8420: the breaker's state lived in each process, so that N replicas needed N times the
 * failures to shed and sent N probes after each break. Here three real servers meet a downstream that refuses, then hangs.
 */
@Timeout(900)
@Tag("full-length")
class OneFleetIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Duration PHASE = RunLength.of(Duration.ofSeconds(12), Duration.ofSeconds(60));
    // What was on its way at the trip, and what began until the news had arrived, has ended by then.
    private static final Duration SETTLED = Duration.ofSeconds(4);

    @Test
    void three_instances_trip_as_one_and_send_one_probe_at_a_time_also_while_probes_hang(@TempDir Path directory)
            throws Exception {
        try (FleetBench bench = FleetBench.prepare(
                directory, List.of("a", "b", "c"), Map.of("TIDEGATE_CIRCUIT_DEFAULTS_BREAK_MULTIPLIER", "2"))) {
            bench.launch();
            try (SteadyTraffic traffic = bench.traffic()) {
                await().atMost(LONG)
                        .until(() -> bench.owners(bench.instances().get(0)).size() == 3);
                await().atMost(LONG).until(() -> bench.handledCount() > 50);

                long down = System.nanoTime();
                bench.downstream().fault(FleetBench.DRAINER, Fault.refuse());
                await().atMost(LONG).until(() -> bench.row().startsWith("OPEN"));
                lets(PHASE);
                bench.downstream().fault(FleetBench.DRAINER, Fault.hang());
                lets(PHASE);
                long up = System.nanoTime();
                bench.downstream().fault(FleetBench.DRAINER, Fault.NONE);
                await().atMost(LONG).until(() -> bench.row().startsWith("CLOSED"));

                List<Call> probes = probes(bench, down, up);
                assertThat(probes).hasSizeBetween(2, breaksIn(PHASE.multipliedBy(2)));
                assertThat(overlapping(probes)).isEmpty();
                assertThat(bench.query("select count(*) from tidegate_history where circuit = 'orders'"
                                + " and kind = 'TRANSITION' and to_state = 'CLOSED'"))
                        .containsExactly("1");
                new Verdict(bench).awaitAfter(traffic);
            }
        }
    }

    private static void lets(Duration time) {
        await().pollDelay(time).atMost(time.plus(LONG)).until(() -> true);
    }

    private static List<Call> probes(FleetBench bench, long down, long up) {
        return bench.downstream().calls(FleetBench.DRAINER).stream()
                .filter(call -> call.startNanos() - down > SETTLED.toNanos() && call.startNanos() - up < 0)
                .sorted(Comparator.comparingLong(Call::startNanos))
                .toList();
    }

    /** Breaks of 2 s at least, each with one probe at its end. */
    private static int breaksIn(Duration time) {
        return (int) time.dividedBy(Duration.ofSeconds(2));
    }

    private static List<String> overlapping(List<Call> probes) {
        return IntStream.range(1, probes.size())
                .filter(at -> probes.get(at).startNanos() - probes.get(at - 1).endNanos() < 0)
                .mapToObj(at -> probes.get(at - 1) + " and " + probes.get(at))
                .toList();
    }
}

package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.FleetBench;
import dev.tidegate.bench.KeyOrder;
import dev.tidegate.bench.Repeats;
import dev.tidegate.bench.SteadyTraffic;
import dev.tidegate.demo.downstream.Fault;
import dev.tidegate.fixture.LibertyServer;
import dev.tidegate.fixture.RunLength;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two real servers under steady traffic are stopped in turn as orchestrators do it, by SIGTERM. A tenth of the calls is slow,
 * so that records are settled above others that are not; at every third stop some never end.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerStopIT {
    private static final System.Logger LOG = System.getLogger(ServerStopIT.class.getName());
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration QUIESCE = Duration.ofSeconds(3);
    /** The server's own way down, on a machine that has other work. */
    private static final Duration MARGIN = Duration.ofSeconds(12);

    private static final Duration AT_ONCE = Duration.ofSeconds(10);
    private static final int STOPS = RunLength.of(1, 20);
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    private final List<Duration> stops = new ArrayList<>();
    private FleetBench bench;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        bench = FleetBench.prepare(
                directory,
                List.of("a", "b"),
                Map.of(
                        "TIDEGATE_DRAINER_ORDERS_QUIESCE_TIMEOUT", QUIESCE.toString(),
                        "TIDEGATE_DOWNSTREAM_DEFAULT_TIMEOUT", "PT30S",
                        // A member that left without a word would cost all of this.
                        "TIDEGATE_KAFKA_SESSION_TIMEOUT_MS", "60000"));
        bench.launch();
    }

    @AfterAll
    void end() {
        bench.close();
    }

    @Test
    void each_stop_is_in_time_is_told_loses_nothing_and_leaves_the_group_at_once() throws Exception {
        Set<String> acknowledged;
        try (SteadyTraffic traffic = bench.traffic();
                Admin admin = bench.broker().admin()) {
            for (int stop = 0; stop < STOPS; stop++) {
                LibertyServer leaving = bench.instances().get(stop % 2);
                LibertyServer staying = bench.instances().get((stop + 1) % 2);
                if (!leaving.isAlive() || !staying.isAlive()) {
                    bench.instances().stream().filter(one -> !one.isAlive()).forEach(LibertyServer::start);
                }
                bench.downstream()
                        .fault(
                                FleetBench.DRAINER,
                                Fault.slow(Duration.ofMillis(300)).withRatio(0.1));
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(bench.owners(staying)).containsOnlyKeys("a", "b"));
                awaitHandled(50);
                stop(leaving, stop % 3 == 1);

                await(leaving.name() + " left and the other owns all")
                        .atMost(AT_ONCE)
                        .untilAsserted(
                                () -> assertThat(partitionsOfEachMember(admin)).containsExactly(FleetBench.PARTITIONS));
                bench.downstream().fault(FleetBench.DRAINER, Fault.NONE);
                awaitHandled(50);
            }
            acknowledged = traffic.end();
        }
        await("lag").atMost(LONG).until(() -> bench.offsets().lag() == 0);
        Set<String> lost = new HashSet<>(acknowledged);
        lost.removeAll(bench.handled());
        assertThat(lost).as("acknowledged and not handled").isEmpty();
        Repeats repeats = Repeats.in(bench.downstream().calls(FleetBench.DRAINER));
        LOG.log(
                System.Logger.Level.INFO,
                "{0} stops: the longest took {1}; {2} of {3} records were handled again",
                STOPS,
                Collections.max(stops),
                repeats.count(),
                acknowledged.size());
        assertThat(repeats.withoutReason()).isEmpty();
        assertThat(KeyOrder.broken(bench.downstream().calls(FleetBench.DRAINER)))
                .isEmpty();
        assertThat(bench.offsets().wentBack()).isEmpty();
        assertThat(bench.deadLetters()).isZero();
    }

    private void stop(LibertyServer leaving, boolean someHang) {
        if (someHang) {
            bench.downstream().fault(FleetBench.DRAINER, Fault.hang().withRatio(0.2));
            await().atMost(LONG)
                    .until(() -> bench.downstream().counts(FleetBench.DRAINER).open() >= 12);
        }
        long told = bench.told(leaving, "TIDEGATE0006");
        long begin = System.nanoTime();
        leaving.stop();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);

        stops.add(took);
        assertThat(took)
                .as("stop of %s, some hang: %s", leaving.name(), someHang)
                .isLessThan(QUIESCE.plus(MARGIN));
        if (someHang) {
            assertThat(took).as("stop of %s while some hang", leaving.name()).isGreaterThan(QUIESCE);
        }
        assertThat(leaving.exitCode()).isEqualTo(ENDED_BY_SIGTERM);
        assertThat(bench.told(leaving, "TIDEGATE0006"))
                .as("the last word of a stop")
                .isEqualTo(told + 1);
    }

    private static List<Integer> partitionsOfEachMember(Admin admin) throws Exception {
        return admin
                .describeConsumerGroups(List.of(FleetBench.GROUP))
                .all()
                .get()
                .get(FleetBench.GROUP)
                .members()
                .stream()
                .map(MemberDescription::assignment)
                .map(assignment -> assignment.topicPartitions().size())
                .toList();
    }

    private void awaitHandled(int more) {
        long before = bench.handledCount();
        await().atMost(LONG).until(() -> bench.handledCount() >= before + more);
    }
}

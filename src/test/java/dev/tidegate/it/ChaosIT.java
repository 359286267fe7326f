package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.FleetBench;
import dev.tidegate.bench.SteadyTraffic;
import dev.tidegate.bench.Verdict;
import dev.tidegate.demo.downstream.Fault;
import dev.tidegate.fixture.LibertyServer;
import dev.tidegate.fixture.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two real servers under steady traffic while an instance, the database or the broker is killed or falls silent. After
 * each fault the same verdict, by what was seen from outside alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChaosIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration LONGER_THAN_THE_SESSION = FleetBench.SESSION.plusSeconds(1);
    private static final String STORE_AWAY = "TIDEGATE2001";
    private static final String STORE_BACK = "TIDEGATE2002";

    private FleetBench bench;
    private Verdict verdict;
    private LibertyServer a;
    private LibertyServer b;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        bench = FleetBench.start(directory);
        verdict = new Verdict(bench);
        a = bench.instances().get(0);
        b = bench.instances().get(1);
    }

    @AfterAll
    void end() {
        bench.close();
    }

    @Test
    @Order(1)
    void the_partitions_of_a_killed_instance_are_taken_over_and_shared_again_when_it_is_back() throws Exception {
        try (SteadyTraffic traffic = bench.traffic()) {
            awaitBothOwn();
            awaitHandled(50);

            a.kill();
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(bench.owners(b))
                            .containsOnlyKeys("b")
                            .containsEntry("b", (long) FleetBench.PARTITIONS));
            awaitHandled(50);
            a.start();

            awaitBothOwn();
            verdict.awaitAfter(traffic);
        }
    }

    @Test
    @Order(2)
    void records_go_on_without_the_store_also_when_the_downstream_fails_and_mends() throws Exception {
        try (SteadyTraffic traffic = bench.traffic()) {
            awaitHandled(50);
            bench.downstream().fault(FleetBench.DRAINER, Fault.error(503));
            await().atMost(LONG).until(() -> bench.row().startsWith("OPEN"));
            List<Long> told = told(STORE_AWAY);
            bench.database().kill();

            bench.downstream().fault(FleetBench.DRAINER, Fault.NONE);
            awaitHandled(100);
            bench.downstream().fault(FleetBench.DRAINER, Fault.error(503));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(bench.circuitStates()).contains("OPEN"));
            bench.downstream().fault(FleetBench.DRAINER, Fault.NONE);
            awaitHandled(100);
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(bench.circuitStates()).containsOnly("CLOSED"));
            assertThat(told(STORE_AWAY)).isEqualTo(oneMore(told));

            List<Long> back = told(STORE_BACK);
            bench.database().start();
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(told(STORE_BACK)).isEqualTo(oneMore(back)));
            verdict.awaitAfter(traffic);
            assertThat(told(STORE_AWAY)).isEqualTo(oneMore(told));
        }
    }

    @Test
    @Order(3)
    void drains_and_answers_go_on_while_the_store_is_silent() throws Exception {
        try (SteadyTraffic traffic = bench.traffic()) {
            awaitHandled(50);
            List<Long> told = told(STORE_AWAY);
            bench.databaseNetworks().forEach(TcpProxy::blackHole);
            long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();

            while (System.nanoTime() - until < 0) {
                answersSoonFromMemory();
                long before = bench.handledCount();
                await().atMost(Duration.ofSeconds(2)).until(() -> bench.handledCount() > before);
            }
            assertThat(told(STORE_AWAY)).isEqualTo(oneMore(told));
            List<Long> back = told(STORE_BACK);
            bench.databaseNetworks().forEach(TcpProxy::heal);

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(told(STORE_BACK)).isEqualTo(oneMore(back)));
            verdict.awaitAfter(traffic);
            assertThat(told(STORE_AWAY)).isEqualTo(oneMore(told));
        }
    }

    private void answersSoonFromMemory() {
        for (LibertyServer instance : bench.instances()) {
            for (String path : List.of("/api/v1/circuits/orders", "/api/v1/drainers/orders", "/health/live")) {
                long asked = System.nanoTime();
                assertThat(instance.get(path).statusCode()).as(path).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - asked))
                        .as(path + " of " + instance.name())
                        .isLessThan(Duration.ofSeconds(1));
            }
        }
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }

    @Test
    @Order(4)
    void a_trip_is_written_once_after_a_time_in_which_no_answer_of_the_store_came_through() throws Exception {
        try (SteadyTraffic traffic = bench.traffic()) {
            awaitHandled(50);
            List<Long> told = told(STORE_AWAY);
            List<Long> back = told(STORE_BACK);
            List<Long> epochs = bench.epochs();
            bench.databaseNetworks().forEach(network -> network.blackHole(TcpProxy.Way.TO_CLIENT));
            bench.downstream().fault(FleetBench.DRAINER, Fault.error(503));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(bench.circuitStates()).containsOnly("OPEN"));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(told(STORE_AWAY)).isEqualTo(oneMore(told)));

            bench.databaseNetworks().forEach(TcpProxy::heal);
            await().atMost(LONG).untilAsserted(() -> assertThat(bench.epochs()).hasSizeGreaterThan(epochs.size()));
            bench.downstream().fault(FleetBench.DRAINER, Fault.NONE);

            awaitHandled(50);
            verdict.awaitAfter(traffic);
            assertThat(told(STORE_AWAY)).isEqualTo(oneMore(told));
            assertThat(told(STORE_BACK)).isEqualTo(oneMore(back));
        }
    }

    @Test
    @Order(5)
    void a_killed_broker_opens_no_circuit_of_the_downstream_and_draining_goes_on_when_it_is_back() throws Exception {
        try (SteadyTraffic traffic = bench.traffic()) {
            awaitHandled(50);
            List<Long> epochs = bench.epochs();

            bench.broker().kill();
            circuitStaysClosedFor(Duration.ofSeconds(4));
            bench.broker().start();

            awaitHandled(50);
            verdict.awaitAfter(traffic);
            assertThat(bench.epochs()).isEqualTo(epochs);
        }
    }

    @Test
    @Order(6)
    void a_silent_broker_opens_no_circuit_of_the_downstream_and_draining_goes_on_when_it_speaks() throws Exception {
        try (SteadyTraffic traffic = bench.traffic()) {
            awaitHandled(50);
            List<Long> epochs = bench.epochs();

            bench.kafkaNetworks().forEach(TcpProxy::blackHole);
            circuitStaysClosedFor(LONGER_THAN_THE_SESSION);
            bench.kafkaNetworks().forEach(TcpProxy::heal);

            awaitHandled(50);
            awaitBothOwn();
            verdict.awaitAfter(traffic);
            assertThat(bench.epochs()).isEqualTo(epochs);
        }
    }

    private void circuitStaysClosedFor(Duration time) {
        await().during(time)
                .atMost(time.plusSeconds(2))
                .untilAsserted(() -> assertThat(bench.circuitStates()).containsOnly("CLOSED"));
    }

    private void awaitBothOwn() {
        await().atMost(LONG).untilAsserted(() -> assertThat(bench.owners(b)).containsOnlyKeys("a", "b"));
    }

    private void awaitHandled(int more) {
        long before = bench.handledCount();
        await().atMost(LONG).until(() -> bench.handledCount() >= before + more);
    }

    private List<Long> told(String event) {
        return List.of(bench.told(a, event), bench.told(b, event));
    }

    private static List<Long> oneMore(List<Long> counts) {
        return counts.stream().map(count -> count + 1).toList();
    }
}

package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.FleetBench;
import dev.tidegate.bench.SteadyTraffic;
import dev.tidegate.demo.downstream.Fault;
import dev.tidegate.fixture.RunLength;
import dev.tidegate.fixture.TcpProxy;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What two real servers do while their store lets them down. */
interface StoreFalls {
    Duration FAULT = RunLength.of(Duration.ofSeconds(2), Duration.ofSeconds(60));

    ChaosFleet fleet();

    @Test
    @Order(10)
    default void records_go_on_without_the_store_also_when_the_downstream_fails_and_mends() throws Exception {
        try (SteadyTraffic traffic = fleet().bench().traffic()) {
            fleet().awaitHandled(50);
            fleet().bench().downstream().fault(FleetBench.DRAINER, Fault.error(503));
            await().atMost(ChaosFleet.LONG).until(() -> fleet().bench().row().startsWith("OPEN"));
            List<Long> told = fleet().told(ChaosFleet.STORE_AWAY);
            fleet().bench().database().kill();

            fleet().bench().downstream().fault(FleetBench.DRAINER, Fault.NONE);
            fleet().awaitHandled(100);
            fleet().bench().downstream().fault(FleetBench.DRAINER, Fault.error(503));
            await().atMost(ChaosFleet.LONG)
                    .untilAsserted(
                            () -> assertThat(fleet().bench().circuitStates()).contains("OPEN"));
            fleet().bench().downstream().fault(FleetBench.DRAINER, Fault.NONE);
            fleet().awaitHandled(100);
            await().atMost(ChaosFleet.LONG)
                    .untilAsserted(
                            () -> assertThat(fleet().bench().circuitStates()).containsOnly("CLOSED"));
            assertThat(fleet().told(ChaosFleet.STORE_AWAY)).isEqualTo(ChaosFleet.oneMore(told));

            List<Long> back = fleet().told(ChaosFleet.STORE_BACK);
            fleet().bench().database().start();
            fleet().awaitOneMore(ChaosFleet.STORE_BACK, back);
            fleet().verdict().awaitAfter(traffic);
            assertThat(fleet().told(ChaosFleet.STORE_AWAY)).isEqualTo(ChaosFleet.oneMore(told));
        }
    }

    @Test
    @Order(11)
    default void drains_and_answers_go_on_while_the_store_is_silent() throws Exception {
        try (SteadyTraffic traffic = fleet().bench().traffic()) {
            fleet().awaitHandled(50);
            List<Long> told = fleet().told(ChaosFleet.STORE_AWAY);
            fleet().bench().databaseNetworks().forEach(TcpProxy::blackHole);
            long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();

            while (System.nanoTime() - until < 0) {
                fleet().answersSoonFromMemory();
                long before = fleet().bench().handledCount();
                await().atMost(Duration.ofSeconds(2))
                        .until(() -> fleet().bench().handledCount() > before);
            }
            assertThat(fleet().told(ChaosFleet.STORE_AWAY)).isEqualTo(ChaosFleet.oneMore(told));
            List<Long> back = fleet().told(ChaosFleet.STORE_BACK);
            fleet().bench().databaseNetworks().forEach(TcpProxy::heal);

            fleet().awaitOneMore(ChaosFleet.STORE_BACK, back);
            fleet().verdict().awaitAfter(traffic);
            assertThat(fleet().told(ChaosFleet.STORE_AWAY)).isEqualTo(ChaosFleet.oneMore(told));
        }
    }

    @Test
    @Order(12)
    default void a_trip_is_written_once_after_a_time_in_which_no_answer_of_the_store_came_through() throws Exception {
        try (SteadyTraffic traffic = fleet().bench().traffic()) {
            fleet().awaitHandled(50);
            List<Long> told = fleet().told(ChaosFleet.STORE_AWAY);
            List<Long> back = fleet().told(ChaosFleet.STORE_BACK);
            List<Long> epochs = fleet().bench().epochs();
            fleet().bench().databaseNetworks().forEach(network -> network.blackHole(TcpProxy.Way.TO_CLIENT));
            fleet().bench().downstream().fault(FleetBench.DRAINER, Fault.error(503));
            await().atMost(ChaosFleet.LONG)
                    .untilAsserted(
                            () -> assertThat(fleet().bench().circuitStates()).containsOnly("OPEN"));
            fleet().awaitOneMore(ChaosFleet.STORE_AWAY, told);

            fleet().bench().databaseNetworks().forEach(TcpProxy::heal);
            await().atMost(ChaosFleet.LONG)
                    .untilAsserted(() -> assertThat(fleet().bench().epochs()).hasSizeGreaterThan(epochs.size()));
            fleet().bench().downstream().fault(FleetBench.DRAINER, Fault.NONE);

            fleet().awaitHandled(50);
            fleet().verdict().awaitAfter(traffic);
            assertThat(fleet().told(ChaosFleet.STORE_AWAY)).isEqualTo(ChaosFleet.oneMore(told));
            assertThat(fleet().told(ChaosFleet.STORE_BACK)).isEqualTo(ChaosFleet.oneMore(back));
        }
    }

    @Test
    @Order(13)
    default void a_store_that_is_restarted_in_order_is_one_outage_and_no_gap() throws Exception {
        fleet().outlivesOneStoreOutage(
                        FAULT,
                        () -> fleet().bench().database().stop(),
                        () -> fleet().bench().database().start());
    }

    @Test
    @Order(14)
    default void a_store_whose_connections_others_have_used_up_is_one_outage_and_no_gap() throws Exception {
        try (Crowd crowd = new Crowd(fleet().bench().database().dataSource())) {
            fleet().outlivesOneStoreOutage(FAULT, crowd::takeEveryConnection, crowd::close);
        }
    }

    @Test
    @Order(15)
    default void a_store_whose_table_somebody_has_locked_is_one_outage_and_no_gap() throws Exception {
        try (Connection other = fleet().bench().database().dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            fleet().outlivesOneStoreOutage(
                            FAULT,
                            () -> statement.execute("lock table tidegate_circuit in access exclusive mode"),
                            other::rollback);
        }
    }

    /** As after a switch-over that left the connections at the demoted server: goldsky-io/streamling#65. */
    @Test
    @Order(16)
    default void a_store_that_takes_no_writes_is_one_outage_and_takes_the_trip_when_it_does_again() throws Exception {
        FleetBench bench = fleet().bench();
        try (SteadyTraffic traffic = bench.traffic()) {
            fleet().awaitHandled(50);
            List<Long> away = fleet().told(ChaosFleet.STORE_AWAY);
            List<Long> back = fleet().told(ChaosFleet.STORE_BACK);
            fleet().takesWrites(false);
            // A connection that was in a transaction already may still write once.
            await().atMost(ChaosFleet.LONG).until(() -> {
                fleet().tripsAndMendsEverywhere();
                return fleet().told(ChaosFleet.STORE_AWAY).equals(ChaosFleet.oneMore(away));
            });
            List<Long> epochs = bench.epochs();
            String row = bench.row();
            for (int round = 0; round < RunLength.of(1, 8); round++) {
                fleet().tripsAndMendsEverywhere();
            }
            fleet().tripsEverywhere();
            assertThat(bench.row()).as("nothing is told as stored").isEqualTo(row);
            assertThat(bench.epochs()).isEqualTo(epochs);
            assertThat(fleet().told(ChaosFleet.STORE_AWAY)).isEqualTo(ChaosFleet.oneMore(away));

            fleet().takesWrites(true);

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(bench.epochs()).hasSizeGreaterThan(epochs.size()));
            assertThat(bench.query("select from_state || ' ' || to_state from tidegate_history where circuit = 'orders'"
                            + " and epoch = " + (epochs.size() + 1)))
                    .containsExactly(row.startsWith("CLOSED") ? "CLOSED OPEN" : "OPEN HALF_OPEN");
            bench.downstream().fault(FleetBench.DRAINER, Fault.NONE);
            fleet().awaitHandled(50);
            fleet().verdict().awaitAfter(traffic);
            assertThat(fleet().told(ChaosFleet.STORE_AWAY)).isEqualTo(ChaosFleet.oneMore(away));
            assertThat(fleet().told(ChaosFleet.STORE_BACK)).isEqualTo(ChaosFleet.oneMore(back));
        }
    }

    @Test
    @Order(17)
    default void a_store_that_answers_later_than_a_claim_waits_holds_up_no_record() throws Exception {
        FleetBench bench = fleet().bench();
        try (SteadyTraffic traffic = bench.traffic()) {
            fleet().awaitHandled(50);
            bench.databaseNetworks().forEach(network -> network.delay(Duration.ofMillis(400)));

            fleet().drainsWithoutGapFor(FAULT);
            fleet().tripsEverywhere();
            await().atMost(ChaosFleet.LONG).until(() -> !bench.row().startsWith("CLOSED"));

            bench.databaseNetworks().forEach(TcpProxy::heal);
            bench.downstream().fault(FleetBench.DRAINER, Fault.NONE);
            fleet().awaitHandled(50);
            fleet().verdict().awaitAfter(traffic);
        }
    }

    @Test
    @Order(18)
    default void a_store_that_is_far_away_is_no_outage() throws Exception {
        FleetBench bench = fleet().bench();
        try (SteadyTraffic traffic = bench.traffic()) {
            List<Long> away = fleet().told(ChaosFleet.STORE_AWAY);
            bench.databaseNetworks().forEach(network -> network.delay(Duration.ofMillis(100)));

            fleet().tripsEverywhere();
            await().atMost(ChaosFleet.LONG).until(() -> !bench.row().startsWith("CLOSED"));
            bench.downstream().fault(FleetBench.DRAINER, Fault.NONE);
            fleet().awaitHandled(50);
            fleet().verdict().awaitAfter(traffic);

            assertThat(fleet().told(ChaosFleet.STORE_AWAY)).isEqualTo(away);
            bench.databaseNetworks().forEach(TcpProxy::heal);
        }
    }

    /** A network slow enough that a transaction is likely in the middle when its answers stop. */
    @Test
    @Order(19)
    default void answers_of_the_store_that_are_lost_at_any_moment_double_nothing() throws Exception {
        FleetBench bench = fleet().bench();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long before = bench.epochs().size();
        try (SteadyTraffic traffic = bench.traffic()) {
            for (int round = 0; round < RunLength.of(5, 100); round++) {
                bench.databaseNetworks().forEach(network -> network.delay(Duration.ofMillis(20)));
                bench.downstream().fault(FleetBench.DRAINER, round % 2 == 0 ? Fault.error(503) : Fault.NONE);
                ChaosFleet.pause(Duration.ofMillis(300 + random.nextInt(700)));
                bench.databaseNetworks().stream()
                        .filter(each -> random.nextBoolean())
                        .forEach(network -> network.blackHole(TcpProxy.Way.TO_CLIENT));
                ChaosFleet.pause(Duration.ofMillis(200 + random.nextInt(1_300)));
                bench.databaseNetworks().forEach(TcpProxy::heal);
            }
            bench.downstream().fault(FleetBench.DRAINER, Fault.NONE);
            fleet().awaitHandled(50);
            fleet().verdict().awaitAfter(traffic);
        }
        assertThat(bench.epochs()).as("seed %d: the circuit moved", seed).hasSizeGreaterThan((int) before);
        assertThat(fleet().told(ChaosFleet.STORE_BACK))
                .as("seed %d", seed)
                .isEqualTo(fleet().told(ChaosFleet.STORE_AWAY));
    }
}

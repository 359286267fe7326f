package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.bench.FleetBench;
import dev.tidegate.bench.SteadyTraffic;
import dev.tidegate.fixture.RunLength;
import dev.tidegate.fixture.TcpProxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What two real servers do while their broker lets them down. */
interface BrokerFalls {
    Duration SILENCE = RunLength.of(FleetBench.SESSION.plusSeconds(1), Duration.ofMinutes(3));

    ChaosFleet fleet();

    @Test
    @Order(20)
    default void a_killed_broker_opens_no_circuit_of_the_downstream_and_draining_goes_on_when_it_is_back()
            throws Exception {
        try (SteadyTraffic traffic = fleet().bench().traffic()) {
            fleet().awaitHandled(50);
            List<Long> epochs = fleet().bench().epochs();

            fleet().bench().broker().kill();
            fleet().circuitStaysClosedFor(Duration.ofSeconds(4));
            fleet().bench().broker().start();

            fleet().awaitHandled(50);
            fleet().verdict().awaitAfter(traffic);
            assertThat(fleet().bench().epochs()).isEqualTo(epochs);
        }
    }

    @Test
    @Order(21)
    default void a_silent_broker_opens_no_circuit_of_the_downstream_and_draining_goes_on_when_it_speaks()
            throws Exception {
        try (SteadyTraffic traffic = fleet().bench().traffic()) {
            fleet().awaitHandled(50);
            List<Long> epochs = fleet().bench().epochs();

            fleet().bench().kafkaNetworks().forEach(TcpProxy::blackHole);
            fleet().circuitStaysClosedFor(SILENCE);
            fleet().bench().kafkaNetworks().forEach(TcpProxy::heal);

            fleet().awaitHandled(50);
            fleet().awaitBothOwn();
            fleet().verdict().awaitAfter(traffic);
            assertThat(fleet().bench().epochs()).isEqualTo(epochs);
        }
    }

    @Test
    @Order(22)
    default void a_broker_that_is_restarted_in_order_opens_no_circuit_of_the_downstream() throws Exception {
        FleetBench bench = fleet().bench();
        try (SteadyTraffic traffic = bench.traffic()) {
            fleet().awaitHandled(50);
            List<Long> epochs = bench.epochs();

            bench.broker().stop();
            bench.broker().start();

            fleet().awaitHandled(50);
            fleet().verdict().awaitAfter(traffic);
            assertThat(bench.epochs()).isEqualTo(epochs);
        }
    }
}

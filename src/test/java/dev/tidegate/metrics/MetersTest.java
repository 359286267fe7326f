package dev.tidegate.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.Failure;
import dev.tidegate.core.Permit;
import dev.tidegate.drain.DrainerState;
import dev.tidegate.drain.PauseCause;
import dev.tidegate.fixture.FakePublisher;
import dev.tidegate.fixture.FakeWatch;
import dev.tidegate.fixture.ShownDrainer;
import dev.tidegate.fixture.TestCircuits;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetersTest {
    private static final Tag ORDERS = new Tag("circuit", "orders");
    private final FakeRegistry registry = new FakeRegistry();
    private final TestCircuits circuits = TestCircuits.alone();
    private final FakeWatch store = new FakeWatch();
    private final ShownDrainer drainer = new ShownDrainer(ShownDrainer.running("orders"));
    private final FakePublisher publisher = new FakePublisher(FakePublisher.status("orders-done", 5, 1, 2));
    private final Meters meters = new Meters(
            registry.registry(),
            circuits,
            ShownDrainer.registry(drainer),
            FakePublisher.registry(publisher),
            store,
            new FakeWatch());

    @AfterEach
    void close() {
        circuits.close();
    }

    @Test
    void every_name_has_the_form_that_prometheus_wants_and_is_used_once() {
        assertThat(Arrays.stream(Meter.values()).map(Meter::exported))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("tidegate_(circuit|drainer|publisher|store|broker)(_[a-z]+)+"));
    }

    @Test
    void every_meter_of_the_list_is_registered() {
        circuits.circuit("orders");

        meters.follow();

        assertThat(registry.meters().keySet().stream().map(MetricID::getName).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Meter.values()).map(Meter::exported).toList());
    }

    @Test
    void each_outage_of_the_store_counts_once() {
        store.goAway();

        meters.follow();
        meters.follow();

        assertThat(registry.value("tidegate_store_outages_total")).isEqualTo(1);
    }

    @Test
    void a_circuits_state_calls_refusals_and_transitions_are_told() {
        meters.follow();
        circuits.circuit("orders");
        meters.follow();
        for (int failure = 0; failure < 3; failure++) {
            ((Permit.Granted) circuits.circuit("orders").acquire()).failure(new Failure("503"));
        }
        circuits.circuit("orders").acquire();

        meters.follow();
        meters.follow();

        assertThat(registry.value(
                        "tidegate_circuit_state", ORDERS, new Tag("kind", "custom"), new Tag("state", "OPEN")))
                .isEqualTo(1);
        assertThat(registry.value(
                        "tidegate_circuit_state", ORDERS, new Tag("kind", "custom"), new Tag("state", "CLOSED")))
                .isZero();
        assertThat(registry.value("tidegate_circuit_calls_total", ORDERS, new Tag("outcome", "failure")))
                .isEqualTo(3);
        assertThat(registry.value("tidegate_circuit_refused_total", ORDERS, new Tag("reason", "OPEN")))
                .isEqualTo(1);
        // An edge is one once the store has it.
        await().untilAsserted(() -> {
            meters.follow();
            assertThat(registry.value(
                            "tidegate_circuit_transitions_total",
                            ORDERS,
                            new Tag("from", "CLOSED"),
                            new Tag("to", "OPEN")))
                    .isEqualTo(1);
        });
    }

    @Test
    void a_drainers_figures_are_those_of_the_last_look() {
        Tag name = new Tag("drainer", "orders");
        drainer.show(ShownDrainer.status("orders", DrainerState.PAUSED, "x", Set.of(PauseCause.CIRCUIT)));

        meters.follow();

        assertThat(registry.value("tidegate_drainer_lag_records", name)).isEqualTo(2);
        assertThat(registry.value("tidegate_drainer_handled_total", name)).isEqualTo(10);
        assertThat(registry.value("tidegate_drainer_in_flight_records", name)).isEqualTo(1);
        assertThat(registry.value("tidegate_drainer_state", name, new Tag("state", "PAUSED")))
                .isEqualTo(1);
        assertThat(registry.value("tidegate_drainer_partitions_paused", name, new Tag("cause", "CIRCUIT")))
                .isEqualTo(1);
        assertThat(registry.value("tidegate_drainer_partitions_paused", name, new Tag("cause", "OPERATOR")))
                .isZero();
    }

    @Test
    void a_publishers_sends_are_counted_by_outcome() {
        meters.follow();
        publisher.show(FakePublisher.status("orders-done", 8, 1, 2));
        meters.follow();

        Tag name = new Tag("publisher", "orders-done");
        assertThat(registry.value("tidegate_publisher_records_total", name, new Tag("outcome", "acknowledged")))
                .isEqualTo(8);
        assertThat(registry.value("tidegate_publisher_records_total", name, new Tag("outcome", "refused")))
                .isEqualTo(2);
    }

    @Test
    void a_store_that_is_away_is_told() {
        assertThat(registry.value("tidegate_store_reachable")).isEqualTo(1);
        store.goAway();
        assertThat(registry.value("tidegate_store_reachable")).isZero();
    }

    @Test
    void after_the_stop_no_meter_is_left_and_none_comes_back() {
        circuits.circuit("orders");
        meters.follow();

        meters.close();
        meters.follow();

        assertThat(registry.meters()).isEmpty();
    }
}

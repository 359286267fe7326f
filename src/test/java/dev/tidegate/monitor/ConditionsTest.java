package dev.tidegate.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.core.Failure;
import dev.tidegate.core.Permit;
import dev.tidegate.drain.DrainerState;
import dev.tidegate.drain.PauseCause;
import dev.tidegate.fixture.FakeWatch;
import dev.tidegate.fixture.ShownDrainer;
import dev.tidegate.fixture.TestCircuits;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private final StartProgress start = new StartProgress();
    private final FakeWatch store = new FakeWatch();
    private final FakeWatch broker = new FakeWatch();
    private final TestCircuits circuits = TestCircuits.alone();
    private final ShownDrainer orders = new ShownDrainer(ShownDrainer.running("orders"));
    private final Conditions conditions = new Conditions(start, store, broker, circuits, ShownDrainer.registry(orders));

    @AfterEach
    void close() {
        circuits.close();
    }

    @Test
    void healthy_is_an_instance_of_which_everything_is_up_and_closed() {
        start.reached(StartProgress.Phase.STARTED);
        circuits.circuit("orders");

        assertThat(conditions.now()).isEqualTo(new Condition(Condition.Status.HEALTHY, java.util.List.of()));
    }

    @Test
    void unhealthy_is_one_that_never_started() {
        assertThat(conditions.now().status()).isEqualTo(Condition.Status.UNHEALTHY);
        assertThat(conditions.now().reasons()).containsExactly("this instance has not started yet: WAITING_FOR_STORE");
    }

    @Test
    void degraded_is_one_with_an_open_circuit_a_paused_drainer_or_its_store_away() {
        start.reached(StartProgress.Phase.STARTED);
        for (int failure = 0; failure < 3; failure++) {
            ((Permit.Granted) circuits.circuit("orders").acquire()).failure(new Failure("503"));
        }
        orders.show(ShownDrainer.status(
                "orders", DrainerState.PAUSED, "circuit orders is open", Set.of(PauseCause.CIRCUIT)));
        store.goAway();

        assertThat(conditions.now().status()).isEqualTo(Condition.Status.DEGRADED);
        assertThat(conditions.now().reasons())
                .containsExactly(
                        "the store does not answer: circuits go on with the last that is known",
                        "circuit orders is OPEN",
                        "drainer orders is PAUSED: circuit orders is open");
    }

    @Test
    void unhealthy_is_one_without_a_broker_or_with_a_failed_drainer_worst_first() {
        start.reached(StartProgress.Phase.STARTED);
        store.goAway();
        broker.goAway();
        orders.show(ShownDrainer.status("orders", DrainerState.FAILED, "not authorised", Set.of()));

        assertThat(conditions.now().status()).isEqualTo(Condition.Status.UNHEALTHY);
        assertThat(conditions.now().reasons())
                .containsExactly(
                        "the Kafka broker does not answer",
                        "drainer orders FAILED: not authorised",
                        "the store does not answer: circuits go on with the last that is known");
    }

    @Test
    void a_start_never_goes_back() {
        start.reached(StartProgress.Phase.STARTED);
        start.reached(StartProgress.Phase.STARTING);

        assertThat(start.isStarted()).isTrue();
    }
}

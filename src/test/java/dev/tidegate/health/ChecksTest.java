package dev.tidegate.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.Decision;
import dev.tidegate.core.Failure;
import dev.tidegate.core.Fence;
import dev.tidegate.core.Permit;
import dev.tidegate.drain.DrainerState;
import dev.tidegate.drain.PauseCause;
import dev.tidegate.fixture.FakeTicker;
import dev.tidegate.fixture.FakeWatch;
import dev.tidegate.fixture.ShownDrainer;
import dev.tidegate.fixture.TestCircuits;
import dev.tidegate.monitor.Heartbeat;
import dev.tidegate.monitor.StartProgress;
import dev.tidegate.store.InMemoryCircuitStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChecksTest {
    private static final HealthRules LENIENT = new HealthRules(true, Duration.ofMinutes(1));
    private static final HealthRules STRICT = new HealthRules(false, Duration.ofMinutes(1));
    private final TestCircuits circuits = TestCircuits.alone();
    private final StartProgress start = new StartProgress();
    private final FakeWatch watch = new FakeWatch();
    private final ShownDrainer orders = new ShownDrainer(ShownDrainer.running("orders"));
    private final ShownDrainer stock = new ShownDrainer(ShownDrainer.running("stock"));

    @BeforeAll
    static void provide() {
        HealthCheckResponse.setResponseProvider(new PlainResponses());
    }

    @AfterEach
    void close() {
        circuits.close();
    }

    @Test
    void a_poll_loop_that_is_stuck_is_named_and_the_process_is_not_alive() {
        PollLoopsCheck check = new PollLoopsCheck(ShownDrainer.registry(orders, stock), LENIENT);

        assertThat(check.call().getStatus()).isEqualTo(Status.UP);
        stock.freeze();

        assertThat(check.call().getStatus()).isEqualTo(Status.DOWN);
        assertThat(dataOf(check.call())).isEqualTo(Map.of("orders", "MOVING", "stock", "STUCK"));
    }

    @Test
    void the_monitor_is_stuck_when_it_is_silent_for_longer_than_its_interval_and_the_time_allowed() {
        FakeTicker ticker = new FakeTicker();
        Heartbeat timer = new Heartbeat("timer", Duration.ofMinutes(10), ticker);
        MonitorCheck check = new MonitorCheck(timer, LENIENT);

        ticker.advance(Duration.ofMinutes(11));
        assertThat(check.call().getStatus()).isEqualTo(Status.UP);
        ticker.advance(Duration.ofSeconds(1));
        assertThat(check.call().getStatus()).isEqualTo(Status.DOWN);
        timer.beat();
        assertThat(check.call().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void without_its_store_an_instance_becomes_ready_only_after_it_has_started() {
        StoreCheck check = new StoreCheck(watch, start, LENIENT);
        watch.goAway();

        assertThat(check.call().getStatus()).isEqualTo(Status.DOWN);
        start.reached(StartProgress.Phase.STARTED);

        assertThat(check.call().getStatus()).isEqualTo(Status.UP);
        assertThat(dataOf(check.call())).isEqualTo(Map.of("store", "AWAY"));
        assertThat(new StoreCheck(watch, start, STRICT).call().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void without_its_broker_an_instance_is_not_ready() {
        KafkaCheck check = new KafkaCheck(watch);

        assertThat(check.call().getStatus()).isEqualTo(Status.UP);
        watch.goAway();

        assertThat(check.call().getStatus()).isEqualTo(Status.DOWN);
        assertThat(dataOf(check.call())).isEqualTo(Map.of("broker", "AWAY"));
    }

    @Test
    void an_open_circuit_is_named_and_leaves_the_instance_ready_unless_configured_otherwise() {
        for (int failure = 0; failure < 3; failure++) {
            ((Permit.Granted) circuits.circuit("orders").acquire()).failure(new Failure("503 from 10.0.0.7"));
        }
        circuits.circuit("stock");

        HealthCheckResponse answer = new CircuitsCheck(circuits, LENIENT).call();

        assertThat(answer.getStatus()).isEqualTo(Status.UP);
        assertThat(dataOf(answer)).isEqualTo(Map.of("orders", "OPEN", "stock", "CLOSED"));
        assertThat(new CircuitsCheck(circuits, STRICT).call().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void a_circuit_that_met_a_restored_backup_of_the_store_says_so() {
        InMemoryCircuitStore restored = new InMemoryCircuitStore(InstantSource.system());
        CircuitName orders = new CircuitName("orders");
        restored.create(Set.of(orders));
        Fence base = restored.read().records().get(orders).fence();
        restored.write(new Decision.Restore(orders, base, "token", "a", 7, Duration.ofHours(1)));
        try (TestCircuits after = new TestCircuits("a", restored, TestCircuits.quick(Duration.ofHours(1)))) {
            after.circuit("orders");

            await().untilAsserted(() -> assertThat(dataOf(new CircuitsCheck(after, LENIENT).call()))
                    .isEqualTo(Map.of("orders", "OPEN RESTORED")));
        }
    }

    @Test
    void a_failed_drainer_makes_the_instance_not_ready_a_paused_one_only_if_configured_so() {
        DrainersCheck check = new DrainersCheck(ShownDrainer.registry(orders, stock), LENIENT);
        orders.show(ShownDrainer.status("orders", DrainerState.PAUSED, "open at 10.0.0.7", Set.of(PauseCause.CIRCUIT)));

        assertThat(check.call().getStatus()).isEqualTo(Status.UP);
        assertThat(dataOf(check.call())).isEqualTo(Map.of("orders", "PAUSED", "stock", "RUNNING"));
        assertThat(new DrainersCheck(ShownDrainer.registry(orders), STRICT)
                        .call()
                        .getStatus())
                .isEqualTo(Status.DOWN);

        stock.show(ShownDrainer.status("stock", DrainerState.FAILED, "not authorised at 10.0.0.7", Set.of()));
        assertThat(check.call().getStatus()).isEqualTo(Status.DOWN);
        assertThat(dataOf(check.call()).values()).containsExactlyInAnyOrder("PAUSED", "FAILED");
    }

    @Test
    void an_instance_is_not_ready_before_every_drainer_has_had_its_place_in_its_group() {
        DrainersCheck check = new DrainersCheck(ShownDrainer.registry(orders, stock), LENIENT);
        stock.show(ShownDrainer.status("stock", DrainerState.WAITING, "waits for the broker", Set.of()));
        stock.showJoined(false);

        assertThat(check.call().getStatus()).isEqualTo(Status.DOWN);
        assertThat(dataOf(check.call())).isEqualTo(Map.of("orders", "RUNNING", "stock", "WAITING"));
        stock.showJoined(true);

        assertThat(check.call().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void once_started_it_stays_so() {
        StartedCheck check = new StartedCheck(start);

        assertThat(check.call().getStatus()).isEqualTo(Status.DOWN);
        assertThat(dataOf(check.call())).isEqualTo(Map.of("phase", "WAITING_FOR_STORE"));
        start.reached(StartProgress.Phase.STARTED);
        start.reached(StartProgress.Phase.WAITING_FOR_STORE);

        assertThat(check.call().getStatus()).isEqualTo(Status.UP);
    }

    private static Map<String, Object> dataOf(HealthCheckResponse answer) {
        return answer.getData().orElseThrow();
    }
}

package dev.tidegate.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.fixture.FakeDrainer;
import dev.tidegate.fixture.FakeDrainers;
import dev.tidegate.fixture.FakeTicker;
import dev.tidegate.fixture.TestCircuits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MonitorTest {
    private final FakeTicker ticker = new FakeTicker();
    private final StartProgress start = new StartProgress();
    private final Heartbeat heartbeat = new Heartbeat("monitor", Duration.ofSeconds(30), ticker);
    private final TestCircuits circuits = TestCircuits.alone();
    private final FakeDrainer orders = new FakeDrainer("orders");
    private final FakeDrainer mail = new FakeDrainer("mail");
    private final List<String> asked = new ArrayList<>();

    @AfterEach
    void close() {
        circuits.close();
    }

    @Test
    void a_tick_restarts_what_failed_and_nothing_else() {
        start.reached(StartProgress.Phase.STARTED);
        orders.fail();

        monitor(() -> asked.add("broker")).tick();

        assertThat(orders.starts()).isEqualTo(1);
        assertThat(mail.starts()).isZero();
        assertThat(asked).containsExactly("broker", "store");
    }

    @Test
    void before_the_start_a_tick_starts_nothing() {
        orders.fail();

        monitor(() -> asked.add("broker")).tick();

        assertThat(orders.starts()).isZero();
        assertThat(asked).containsExactly("broker");
    }

    @Test
    void a_step_that_throws_keeps_no_other_from_running() {
        start.reached(StartProgress.Phase.STARTED);
        orders.fail();

        monitor(() -> {
                    throw new IllegalStateException("no broker");
                })
                .tick();

        assertThat(orders.starts()).isEqualTo(1);
        assertThat(asked).containsExactly("store");
    }

    @Test
    void an_error_in_a_step_does_not_reach_the_timer_which_would_leave_ticks_out() {
        start.reached(StartProgress.Phase.STARTED);
        orders.fail();

        monitor(() -> {
                    throw new OutOfMemoryError("unable to create native thread");
                })
                .tick();

        assertThat(orders.starts()).isEqualTo(1);
        assertThat(asked).containsExactly("store");
    }

    @Test
    void a_tick_is_a_sign_of_life() {
        ticker.advance(Duration.ofMinutes(2));
        assertThat(heartbeat.isAlive(Duration.ofMinutes(1))).isFalse();

        monitor(() -> {}).tick();

        assertThat(heartbeat.isAlive(Duration.ofMinutes(1))).isTrue();
    }

    @Test
    void the_status_line_counts_states() {
        circuits.circuit("orders");
        orders.start();

        assertThat(StatusLine.of(circuits, new FakeDrainers(orders, mail)))
                .isEqualTo("circuits={CLOSED=1} drainers={RUNNING=1, STOPPED=1} partitions=0 lag=0 inFlight=0 handled=0"
                        + " rejected=0");
    }

    private Monitor monitor(Runnable askBroker) {
        return new Monitor(
                Duration.ofSeconds(30),
                start,
                heartbeat,
                circuits,
                new FakeDrainers(orders, mail),
                askBroker,
                () -> asked.add("store"));
    }
}

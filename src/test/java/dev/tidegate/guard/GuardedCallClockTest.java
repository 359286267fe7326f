package dev.tidegate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.CoarseTicker;
import dev.tidegate.core.SlowCalls;
import dev.tidegate.fixture.TestCircuits;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GuardedCallClockTest {
    private final AtomicInteger readings = new AtomicInteger();
    private final CoarseTicker ticker = new CoarseTicker(() -> {
        readings.incrementAndGet();
        return 1_000;
    });

    @Test
    void a_call_that_succeeds_reads_no_clock() throws Exception {
        assertThat(readingsOfACall(TestCircuits.quick())).isZero();
    }

    @Test
    void a_call_that_may_be_slow_reads_the_clock_when_it_begins_and_when_it_ends() throws Exception {
        CircuitPolicy timed = TestCircuits.quick().withSlowCalls(new SlowCalls(Duration.ofSeconds(1), 0.5));

        assertThat(readingsOfACall(timed)).isEqualTo(2);
    }

    private int readingsOfACall(CircuitPolicy policy) throws Exception {
        Circuit circuit = circuit(policy);
        int before = readings.get();
        circuit.call(() -> "answered");
        return readings.get() - before;
    }

    private Circuit circuit(CircuitPolicy policy) {
        return new FleetCircuit(
                new CircuitName("payments"),
                new CircuitDefinition(CircuitKind.CUSTOM, policy),
                "test",
                Duration.ofSeconds(1),
                Duration.ofMillis(250),
                ticker,
                new Random(1),
                () -> "token",
                (decision, answer) -> {},
                new CircuitEvents(Runnable::run, event -> {}),
                Runnable::run);
    }
}

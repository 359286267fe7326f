package dev.tidegate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tidegate.fixture.TestCircuits;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class GuardedCallAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 100_000;
    private static final Callable<String> ANSWERED = () -> "answered";

    @Test
    void a_call_that_succeeds_allocates_nothing() throws Exception {
        try (TestCircuits circuits = TestCircuits.alone()) {
            Circuit circuit = circuits.circuit("payments");
            allocated(circuit);

            // Not quite nothing: the window begins a bucket every second.
            assertThat(allocated(circuit)).as("bytes of %d calls", CALLS).isLessThan(CALLS);
        }
    }

    private static long allocated(Circuit circuit) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            circuit.call(ANSWERED);
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}

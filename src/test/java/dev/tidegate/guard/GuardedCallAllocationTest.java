package dev.tidegate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tidegate.fixture.TestCircuits;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.InvocationContext;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class GuardedCallAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 100_000;
    private static final Callable<String> ANSWERED = () -> "answered";
    private static final Instance<ResultClassifier> CDI_HAS_NO_CLASSIFIER = null;

    private interface Repeated {
        void call() throws Exception;
    }

    @Test
    void a_call_that_succeeds_allocates_nothing() throws Exception {
        try (TestCircuits circuits = TestCircuits.alone()) {
            Circuit circuit = circuits.circuit("payments");

            allocatesNothing(() -> circuit.call(ANSWERED));
        }
    }

    @Test
    void an_intercepted_call_that_succeeds_allocates_nothing() throws Exception {
        try (TestCircuits circuits = TestCircuits.alone()) {
            GuardedInterceptor interceptor = new GuardedInterceptor(circuits, CDI_HAS_NO_CLASSIFIER);
            InvocationContext call = new Charged();

            allocatesNothing(() -> interceptor.around(call));
        }
    }

    // Not quite nothing: the window begins a bucket every second.
    private static void allocatesNothing(Repeated repeated) throws Exception {
        allocated(repeated);

        assertThat(allocated(repeated)).as("bytes of %d calls", CALLS).isLessThan(CALLS);
    }

    private static long allocated(Repeated repeated) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            repeated.call();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** A call as the container hands it over, of one and the same method. */
    private static final class Charged implements InvocationContext {
        private final Method method;

        Charged() throws NoSuchMethodException {
            method = Charged.class.getDeclaredMethod("charge");
        }

        @Guarded("payments")
        String charge() {
            return "charged";
        }

        @Override
        public Object proceed() {
            return charge();
        }

        @Override
        public Method getMethod() {
            return method;
        }

        @Override
        public Object getTarget() {
            return this;
        }

        @Override
        public Object getTimer() {
            return null;
        }

        @Override
        public Constructor<?> getConstructor() {
            return null;
        }

        @Override
        public Object[] getParameters() {
            return new Object[0];
        }

        @Override
        public void setParameters(Object[] parameters) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, Object> getContextData() {
            return Map.of();
        }
    }
}

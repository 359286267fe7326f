package dev.tidegate.benchmark.interceptor;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/** The server's own interceptor. */
@ApplicationScoped
public class FaultTolerantCalls implements Calls {
    @Override
    @CircuitBreaker
    public int call(int value) {
        return value + 1;
    }
}

package dev.tidegate.benchmark.hotpath;

import dev.failsafe.CircuitBreaker;
import dev.tidegate.peer.NoTimer;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.smallrye.faulttolerance.core.FaultToleranceContext;
import io.smallrye.faulttolerance.core.stopwatch.SystemStopwatch;
import io.smallrye.faulttolerance.core.util.ExceptionDecision;
import java.time.Duration;

/** The others, with breaks that outlast the benchmark. */
final class Peers {
    static final int CALLS = 100;
    private static final Duration BREAK = Duration.ofMinutes(10);

    private Peers() {}

    static io.github.resilience4j.circuitbreaker.CircuitBreaker resilience4j(SlidingWindowType window, int size) {
        return io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                "peer",
                CircuitBreakerConfig.custom()
                        .slidingWindow(size, CALLS, window)
                        .waitDurationInOpenState(BREAK)
                        .build());
    }

    static CircuitBreaker<Object> failsafe() {
        return CircuitBreaker.builder()
                .withFailureRateThreshold(50, CALLS, Duration.ofMinutes(1))
                .withDelay(BREAK)
                .build();
    }

    static io.smallrye.faulttolerance.core.circuit.breaker.CircuitBreaker<String> smallrye() {
        return new io.smallrye.faulttolerance.core.circuit.breaker.CircuitBreaker<>(
                FaultToleranceContext::call,
                "peer",
                ExceptionDecision.ALWAYS_FAILURE,
                BREAK.toMillis(),
                CALLS,
                0.5,
                1,
                SystemStopwatch.INSTANCE,
                new NoTimer());
    }
}

package dev.tidegate.peer;

import dev.tidegate.fixture.FakeTicker;
import io.smallrye.faulttolerance.core.Completer;
import io.smallrye.faulttolerance.core.FaultToleranceContext;
import io.smallrye.faulttolerance.core.circuit.breaker.CircuitBreaker;
import io.smallrye.faulttolerance.core.util.ExceptionDecision;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** SmallRye Fault Tolerance's breaker in a test's own time: half-open is found out by the next call, not by its timer. */
final class SmallRyeBreaker {
    private final CircuitBreaker<String> breaker;

    SmallRyeBreaker(FakeTicker ticker, int window, double ratio, int successes, Duration delay) {
        breaker = new CircuitBreaker<>(
                FaultToleranceContext::call,
                "peer",
                error -> error instanceof IllegalArgumentException,
                delay.toMillis(),
                window,
                ratio,
                successes,
                () -> {
                    long start = ticker.nanos();
                    return () -> Duration.ofNanos(ticker.nanos() - start).toMillis();
                },
                new NoTimer());
    }

    /** Begins a call, or returns {@code null} if it was refused. */
    @Nullable
    Call begin() {
        Completer<String> answer = Completer.create();
        boolean[] isMade = new boolean[1];
        breaker.apply(new FaultToleranceContext<>(
                () -> {
                    isMade[0] = true;
                    return answer.future();
                },
                true));
        return isMade[0] ? new Call(answer) : null;
    }

    String state() {
        return switch (breaker.currentState()) {
            case CircuitBreaker.STATE_CLOSED -> "CLOSED";
            case CircuitBreaker.STATE_OPEN -> "OPEN";
            default -> "HALF_OPEN";
        };
    }

    record Call(Completer<String> answer) {
        void succeed() {
            answer.complete("done");
        }

        void fail() {
            answer.completeWithError(new IOException("down"));
        }

        /** An exception that its {@link ExceptionDecision} takes for no failure. */
        void beRejected() {
            answer.completeWithError(new IllegalArgumentException("a bad request"));
        }
    }
}

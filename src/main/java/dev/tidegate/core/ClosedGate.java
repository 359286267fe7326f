package dev.tidegate.core;

import org.jspecify.annotations.Nullable;

/** A closed circuit, and the one permit that all its callers share. */
final class ClosedGate implements Gate, Permit.Granted {
    private static final Failure TOO_SLOW = new Failure("answered, but too slowly");

    private final Breaker breaker;
    private final Window window;
    private final long epoch;

    ClosedGate(Breaker breaker, Window window, long epoch) {
        this.breaker = breaker;
        this.window = window;
        this.epoch = epoch;
    }

    @Override
    public Permit enter() {
        return this;
    }

    @Override
    public Window window() {
        return window;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public void success() {
        Window now = windowNow();
        if (now == null) {
            breaker.late();
            return;
        }
        now.success();
        breaker.counters().successes.increment();
    }

    @Override
    public void success(long nanos) {
        if (!breaker.policy().isSlow(nanos)) {
            success();
            return;
        }
        Window now = windowNow();
        if (now == null) {
            breaker.late();
            return;
        }
        now.slowSuccess();
        breaker.counters().successes.increment();
        breaker.counters().slows.increment();
        assess(now, 0, TOO_SLOW);
    }

    @Override
    public void failure(Failure failure) {
        Window now = windowNow();
        if (now == null) {
            breaker.late();
            return;
        }
        int run = now.failure();
        breaker.counters().failures.increment();
        assess(now, run, failure);
    }

    @Override
    public void failure(Failure failure, long nanos) {
        if (!breaker.policy().isSlow(nanos)) {
            failure(failure);
            return;
        }
        Window now = windowNow();
        if (now == null) {
            breaker.late();
            return;
        }
        int run = now.slowFailure();
        breaker.counters().failures.increment();
        breaker.counters().slows.increment();
        assess(now, run, failure);
    }

    // Of one lineage are windows that a change of the policy reshaped: what began in one of them counts in the next.
    private @Nullable Window windowNow() {
        Window now = breaker.gate().window();
        return now == window || (now != null && now.lineage() == window.lineage()) ? now : null;
    }

    private void assess(Window now, int consecutiveFailures, Failure failure) {
        TripPolicy.assess(breaker.policy(), now.counts(), consecutiveFailures)
                .ifPresent(verdict -> breaker.trip(now, verdict, failure));
    }

    @Override
    public void neutral() {
        breaker.counters().neutrals.increment();
    }

    @Override
    public void release() {
        breaker.counters().inconclusives.increment();
    }

    @Override
    public boolean isProbe() {
        return false;
    }

    @Override
    public boolean isTimed() {
        return breaker.policy().slowCalls() != null;
    }
}

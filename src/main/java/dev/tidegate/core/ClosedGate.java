package dev.tidegate.core;

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
        if (breaker.gate().window() != window) {
            breaker.late();
            return;
        }
        window.success();
        breaker.counters().successes.increment();
    }

    @Override
    public void success(long nanos) {
        if (!breaker.policy().isSlow(nanos)) {
            success();
            return;
        }
        if (breaker.gate().window() != window) {
            breaker.late();
            return;
        }
        window.slowSuccess();
        breaker.counters().successes.increment();
        breaker.counters().slows.increment();
        assess(TOO_SLOW);
    }

    @Override
    public void failure(Failure failure) {
        if (breaker.gate().window() != window) {
            breaker.late();
            return;
        }
        window.failure();
        breaker.counters().failures.increment();
        assess(failure);
    }

    @Override
    public void failure(Failure failure, long nanos) {
        if (!breaker.policy().isSlow(nanos)) {
            failure(failure);
            return;
        }
        if (breaker.gate().window() != window) {
            breaker.late();
            return;
        }
        window.slowFailure();
        breaker.counters().failures.increment();
        breaker.counters().slows.increment();
        assess(failure);
    }

    private void assess(Failure failure) {
        TripPolicy.assess(breaker.policy(), window).ifPresent(verdict -> breaker.trip(window, verdict, failure));
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

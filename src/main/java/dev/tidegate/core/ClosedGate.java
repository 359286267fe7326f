package dev.tidegate.core;

/** A closed circuit, and the one permit that all its callers share. */
final class ClosedGate implements Gate, Permit.Granted {
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
        success();
    }

    @Override
    public void failure(Failure failure) {
        if (breaker.gate().window() != window) {
            breaker.late();
            return;
        }
        window.failure();
        breaker.counters().failures.increment();
        TripPolicy.assess(breaker.policy(), window).ifPresent(verdict -> breaker.trip(window, verdict, failure));
    }

    @Override
    public void failure(Failure failure, long nanos) {
        failure(failure);
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
}

package dev.tidegate.core;

import java.time.Duration;

/** A circuit that closed not long ago: it lets through what its ramp-up has room for, and counts like a closed one. */
final class RampGate implements Gate, Permit.Refused {
    private final Breaker breaker;
    private final ClosedGate closed;
    private final Ramp ramp;

    RampGate(Breaker breaker, ClosedGate closed, Ramp ramp) {
        this.breaker = breaker;
        this.closed = closed;
        this.ramp = ramp;
    }

    @Override
    public Permit enter() {
        long now = breaker.nanos();
        if (ramp.isOver(now)) {
            breaker.rampOver(ramp);
            return closed;
        }
        if (ramp.enter(now)) {
            return new RampPermit(closed, ramp);
        }
        breaker.countRefusal(RefusalReason.RAMP_UP);
        return this;
    }

    /** The same circuit without its ramp-up. */
    ClosedGate closed() {
        return closed;
    }

    @Override
    public Window window() {
        return closed.window();
    }

    @Override
    public long epoch() {
        return closed.epoch();
    }

    @Override
    public RefusalReason reason() {
        return RefusalReason.RAMP_UP;
    }

    @Override
    public Duration retryAfter() {
        return Duration.ofNanos(ramp.nanosToRoom(breaker.nanos()));
    }
}

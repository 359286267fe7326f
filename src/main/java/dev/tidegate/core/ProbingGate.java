package dev.tidegate.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A half-open circuit whose lease is this instance's: it hands out probes while the round has room. */
final class ProbingGate implements Gate, Permit.Refused {
    private final Breaker breaker;
    private final Round round;
    private final long epoch;

    ProbingGate(Breaker breaker, Round round, long epoch) {
        this.breaker = breaker;
        this.round = round;
        this.epoch = epoch;
    }

    @Override
    public Permit enter() {
        return breaker.probe(this, round);
    }

    Permit refuse() {
        breaker.countRefusal(RefusalReason.HALF_OPEN);
        return this;
    }

    @Override
    public @Nullable Window window() {
        return null;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public RefusalReason reason() {
        return RefusalReason.HALF_OPEN;
    }

    @Override
    public Duration retryAfter() {
        return Duration.ZERO;
    }
}

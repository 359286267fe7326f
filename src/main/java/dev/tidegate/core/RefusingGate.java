package dev.tidegate.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An open circuit, or one that another instance probes; and the one refusal that all its callers share. From the moment that
 * a claim is worth trying, the next caller starts it.
 */
final class RefusingGate implements Gate, Permit.Refused {
    private final Breaker breaker;
    private final RefusalReason reason;
    private final long epoch;
    private final long claimableAtNanos;

    RefusingGate(Breaker breaker, RefusalReason reason, long epoch, long claimableAtNanos) {
        this.breaker = breaker;
        this.reason = reason;
        this.epoch = epoch;
        this.claimableAtNanos = claimableAtNanos;
    }

    @Override
    public Permit enter() {
        boolean isFarAhead = claimableAtNanos - breaker.coarseNanos() > CoarseTicker.FAR_NANOS;
        if (isFarAhead || breaker.nanos() - claimableAtNanos < 0) {
            return refuse();
        }
        return breaker.claim(this);
    }

    Permit refuse() {
        breaker.countRefusal(reason);
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
        return reason;
    }

    @Override
    public Duration retryAfter() {
        return Duration.ofNanos(Math.max(0, claimableAtNanos - breaker.nanos()));
    }
}

package dev.tidegate.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A circuit held open by an operator; from the override's end on it is the gate behind it. */
final class IsolatedGate implements Gate, Permit.Refused {
    private final Breaker breaker;
    private final Gate behind;
    private final long epoch;
    private final @Nullable Long untilNanos;

    IsolatedGate(Breaker breaker, Gate behind, long epoch, @Nullable Long untilNanos) {
        this.breaker = breaker;
        this.behind = behind;
        this.epoch = epoch;
        this.untilNanos = untilNanos;
    }

    @Override
    public Permit enter() {
        if (isOver()) {
            return behind.enter();
        }
        breaker.countRefusal(RefusalReason.ISOLATED);
        return this;
    }

    @Override
    public @Nullable Window window() {
        return isOver() ? behind.window() : null;
    }

    private boolean isOver() {
        return untilNanos != null && breaker.nanos() - untilNanos >= 0;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public RefusalReason reason() {
        return RefusalReason.ISOLATED;
    }

    @Override
    public Duration retryAfter() {
        return untilNanos == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, untilNanos - breaker.nanos()));
    }
}

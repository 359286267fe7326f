package dev.tidegate.core;

import org.jspecify.annotations.Nullable;

/**
 * A circuit held closed by an operator, or one that only observes: the automatics behind it run on, but what they refuse
 * passes all the same.
 */
final class BypassedGate implements Gate {
    private final Breaker breaker;
    private final Gate behind;
    private final Permit passing;
    private final @Nullable Long untilNanos;

    BypassedGate(Breaker breaker, Gate behind, long epoch, @Nullable Long untilNanos) {
        this.breaker = breaker;
        this.behind = behind;
        // What a ramp-up alone would refuse is a call of a closed circuit: it counts.
        this.passing = behind instanceof RampGate ramp ? ramp.closed() : new Passing(epoch);
        this.untilNanos = untilNanos;
    }

    @Override
    public Permit enter() {
        Permit automatic = behind.enter();
        return automatic instanceof Permit.Granted || isOver() ? automatic : passing;
    }

    /** Whether its end has passed: then it is as if it were not there. */
    boolean isOver() {
        return untilNanos != null && breaker.nanos() - untilNanos >= 0;
    }

    @Override
    public @Nullable Window window() {
        return behind.window();
    }

    /** Let through against the automatics: its result decides nothing. */
    private record Passing(long epoch) implements Permit.Granted {
        @Override
        public void success() {}

        @Override
        public void success(long nanos) {}

        @Override
        public void failure(Failure failure) {}

        @Override
        public void failure(Failure failure, long nanos) {}

        @Override
        public void neutral() {}

        @Override
        public void release() {}

        @Override
        public boolean isProbe() {
            return false;
        }

        @Override
        public boolean isTimed() {
            return false;
        }
    }
}

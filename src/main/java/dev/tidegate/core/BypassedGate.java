package dev.tidegate.core;

import org.jspecify.annotations.Nullable;

/** A circuit held closed by an operator: the automatics behind it run on, but what they refuse passes all the same. */
final class BypassedGate implements Gate {
    private final Breaker breaker;
    private final Gate behind;
    private final Permit passing;
    private final @Nullable Long untilNanos;

    BypassedGate(Breaker breaker, Gate behind, long epoch, @Nullable Long untilNanos) {
        this.breaker = breaker;
        this.behind = behind;
        this.passing = new Passing(epoch);
        this.untilNanos = untilNanos;
    }

    @Override
    public Permit enter() {
        Permit automatic = behind.enter();
        boolean isOver = untilNanos != null && breaker.nanos() - untilNanos >= 0;
        return automatic instanceof Permit.Granted || isOver ? automatic : passing;
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

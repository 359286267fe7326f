package dev.tidegate.demo;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for a condition of a child, with an end, and says every ten seconds that it is still waiting. */
final class Waiting {
    private static final long LOOK_EVERY_MILLIS = 250;
    private static final long SPEAK_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final Progress progress;
    private final LongSupplier nanos;

    Waiting(Progress progress, LongSupplier nanos) {
        this.progress = progress;
        this.nanos = nanos;
    }

    /**
     * Looks at the condition four times a second.
     *
     * @param what for the line shown while waiting
     * @return false if the bound passed first
     */
    boolean until(String what, Duration bound, BooleanSupplier condition) throws InterruptedException {
        long begin = nanos.getAsLong();
        long spoken = begin;
        while (!condition.getAsBoolean()) {
            long now = nanos.getAsLong();
            if (now - begin >= bound.toNanos()) {
                return false;
            }
            if (now - spoken >= SPEAK_EVERY_NANOS) {
                spoken = now;
                progress.step("  still waiting for " + what);
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        return true;
    }
}

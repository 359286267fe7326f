package dev.tidegate.core;

import java.time.Duration;

/**
 * Which calls are slow, and how many of them trip.
 *
 * @param from a call that takes this long or longer is slow, however it ends
 * @param ratio slow calls per call in the window that trip, 0 < r ≤ 1
 */
public record SlowCalls(Duration from, double ratio) {
    public SlowCalls {
        if (from.isZero() || from.isNegative()) {
            throw new IllegalArgumentException("a slow call takes some time, got " + from);
        }
        if (!(ratio > 0 && ratio <= 1)) {
            throw new IllegalArgumentException("a slow-call ratio is above 0 and at most 1, got " + ratio);
        }
    }

    boolean isSlow(long nanos) {
        return nanos >= from.toNanos();
    }
}

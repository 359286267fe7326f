package dev.tidegate.core;

import java.time.Duration;

/**
 * How calls grow again after closing, so that a dependency that just came back is not met by everything at once.
 *
 * @param lasts from the first call to full concurrency
 * @param concurrency calls in flight on one instance at the end; beyond the ramp-up nothing is limited
 */
public record RampUp(Duration lasts, int concurrency) {
    public RampUp {
        if (lasts.isZero() || lasts.isNegative()) {
            throw new IllegalArgumentException("a ramp-up takes some time, got " + lasts);
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException("a ramp-up leads to a concurrency of at least 1, got " + concurrency);
        }
    }
}

package dev.tidegate.core;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** How long break n lasts: min(base × multiplier^(n−1), max) plus 0–10 % jitter; a retry-after lengthens it, within max. */
final class BreakDuration {
    private static final double JITTER = 0.1;

    private BreakDuration() {}

    static Duration of(CircuitPolicy policy, int failedRounds, @Nullable Duration retryAfter, RandomGenerator random) {
        double maxNanos = nanos(policy.breakMax());
        double grown =
                nanos(policy.breakDuration()) * Math.pow(policy.breakMultiplier(), Math.max(0, failedRounds - 1));
        double base = Math.min(grown, maxNanos);
        double jittered = base * (1 + JITTER * random.nextDouble());
        double asked = retryAfter == null ? 0 : Math.min(nanos(retryAfter), maxNanos);
        return Duration.ofNanos((long) Math.max(jittered, asked));
    }

    /** The longest break that the policy allows, jitter included: what a stored deadline is clamped to. */
    static Duration longest(CircuitPolicy policy) {
        return Duration.ofNanos((long) (nanos(policy.breakMax()) * (1 + JITTER)));
    }

    // As a double, since a retry-after of centuries overflows a long of nanoseconds.
    private static double nanos(Duration duration) {
        return duration.getSeconds() * 1e9 + duration.getNano();
    }
}

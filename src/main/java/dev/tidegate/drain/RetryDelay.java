package dev.tidegate.drain;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** How long to wait before the next attempt: doubles from the first delay to the longest, less up to a fifth by chance. */
final class RetryDelay {
    private static final double JITTER = 0.2;
    private static final int MOST_DOUBLINGS = 30;

    private volatile Duration first;
    private volatile Duration longest;
    private final RandomGenerator random;

    RetryDelay(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /** Other delays from now on; what waits already goes on waiting. */
    void follow(Duration changedFirst, Duration changedLongest) {
        first = changedFirst;
        longest = changedLongest;
    }

    /** @param attempts made so far, 1 or more */
    Duration after(int attempts) {
        double grown = first.toNanos() * Math.pow(2, Math.min(attempts - 1, MOST_DOUBLINGS));
        double bounded = Math.min(grown, (double) longest.toNanos());
        return Duration.ofNanos((long) (bounded * (1 - JITTER * random.nextDouble())));
    }

    /** The same, but not before what the dependency asked for, within {@code most}. */
    Duration after(int attempts, @Nullable Duration asked, Duration most) {
        Duration own = after(attempts);
        if (asked == null || asked.compareTo(own) <= 0) {
            return own;
        }
        Duration bounded = asked.compareTo(most) > 0 ? most : asked;
        return bounded.compareTo(own) > 0 ? bounded : own;
    }
}

package dev.tidegate.drain;

import dev.tidegate.core.Ticker;
import java.time.Duration;

/** When a drainer that failed may start again: the delay doubles per failure in a row, and is forgotten after a calm run. */
final class RestartSchedule {
    private static final int MOST_DOUBLINGS = 30;

    private final Duration first;
    private final Duration longest;
    private final Ticker ticker;
    private int failures;
    private long startedNanos;
    private long notBeforeNanos;

    RestartSchedule(Duration first, Duration longest, Ticker ticker) {
        this.first = first;
        this.longest = longest;
        this.ticker = ticker;
    }

    void started() {
        startedNanos = ticker.nanos();
    }

    /** Returns how long the next start must wait. A run that lasted longer than the longest delay begins anew. */
    Duration failed() {
        long now = ticker.nanos();
        failures = now - startedNanos > longest.toNanos() ? 1 : failures + 1;
        double grown = first.toNanos() * Math.pow(2, Math.min(failures - 1, MOST_DOUBLINGS));
        Duration delay = Duration.ofNanos((long) Math.min(grown, (double) longest.toNanos()));
        notBeforeNanos = now + delay.toNanos();
        return delay;
    }

    boolean isDue() {
        return failures == 0 || ticker.nanos() - notBeforeNanos >= 0;
    }
}

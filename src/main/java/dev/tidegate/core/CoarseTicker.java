package dev.tidegate.core;

import java.time.Duration;

/**
 * A ticker whose coarse readings cost a memory read: somebody calls {@link #refresh} every {@link #PERIOD}. Should nobody do
 * so for a while, the next exact reading makes up for it. Thread-safe.
 */
public final class CoarseTicker implements Ticker {
    /** How often it wants to be refreshed. */
    public static final Duration PERIOD = Duration.ofMillis(10);

    private static final long LATE_NANOS = 10 * PERIOD.toNanos();

    /** What is further ahead of a coarse reading than this is ahead of an exact one, too. */
    static final long FAR_NANOS = 2 * LATE_NANOS;

    private final Ticker exact;
    private volatile long coarse;

    public CoarseTicker(Ticker exact) {
        this.exact = exact;
        this.coarse = exact.nanos();
    }

    @Override
    public long nanos() {
        long now = exact.nanos();
        if (now - coarse > LATE_NANOS) {
            coarse = now;
        }
        return now;
    }

    @Override
    public long coarseNanos() {
        return coarse;
    }

    public void refresh() {
        coarse = exact.nanos();
    }
}

package dev.tidegate.benchmark.drain;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Counts records that were handled, from the first one on. Thread-safe. */
final class Arrivals {
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private final LongAdder count = new LongAdder();
    private volatile long firstNanos;

    void note() {
        if (firstNanos == 0) {
            firstNanos = System.nanoTime();
        }
        count.increment();
    }

    /** Waits for all; returns how many were handled in a second from the first one on. */
    double perSecondOf(int records) {
        long begin = System.nanoTime();
        while (count.sum() < records) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new IllegalStateException("only " + count.sum() + " of " + records + " records came");
            }
            LockSupport.parkNanos(1_000_000);
        }
        return records * 1e9 / (System.nanoTime() - firstNanos);
    }
}

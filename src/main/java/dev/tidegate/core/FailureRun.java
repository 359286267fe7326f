package dev.tidegate.core;

import java.time.Duration;

/**
 * Failures in a row within the sampling duration: it remembers when each of the last {@code threshold} failed, since a
 * failure of an hour ago says nothing of now. Thread-safe; without a failure in the run a success only reads one field.
 */
final class FailureRun {
    private final long[] failedAt;
    private final long withinNanos;
    private volatile int length;
    private int next;

    FailureRun(int threshold, Duration within) {
        this.failedAt = new long[Math.max(1, threshold)];
        this.withinNanos = within.toNanos();
    }

    void success() {
        if (length == 0) {
            return;
        }
        synchronized (this) {
            length = 0;
        }
    }

    /** Counts a failure and returns what {@link #length} is with it: asked later, a success may have ended the run meanwhile. */
    synchronized int failure(long now) {
        failedAt[next] = now;
        next = (next + 1) % failedAt.length;
        length = Math.min(length + 1, failedAt.length);
        return recent(now);
    }

    /** At most the threshold: beyond it nobody needs to count. */
    synchronized int length(long now) {
        return recent(now);
    }

    private int recent(long now) {
        int recent = 0;
        for (int back = 1; back <= length; back++) {
            int index = Math.floorMod(next - back, failedAt.length);
            if (now - failedAt[index] > withinNanos) {
                break;
            }
            recent++;
        }
        return recent;
    }

    /** The same run with another threshold, and reaching back another time: it keeps the newest failures. */
    synchronized FailureRun resized(int threshold, Duration within) {
        FailureRun other = new FailureRun(threshold, within);
        for (int back = length; back >= 1; back--) {
            other.failure(failedAt[Math.floorMod(next - back, failedAt.length)]);
        }
        return other;
    }
}

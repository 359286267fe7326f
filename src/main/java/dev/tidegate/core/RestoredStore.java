package dev.tidegate.core;

import org.jspecify.annotations.Nullable;

/**
 * Tells a store that was set back to an older copy from a read that was merely slow: the same older row must be seen by two
 * reads, each begun after the current snapshot was adopted. Guarded by the breaker's lock.
 */
final class RestoredStore {
    private @Nullable CircuitRecord suspect;
    private long suspectAnsweredNanos;

    boolean isConfirmed(CircuitRecord older, long readStartedNanos, long adoptedAtNanos, long answeredNanos) {
        if (readStartedNanos - adoptedAtNanos < 0) {
            return false;
        }
        CircuitRecord seen = suspect;
        if (seen != null && seen.fence().equals(older.fence()) && readStartedNanos - suspectAnsweredNanos >= 0) {
            suspect = null;
            return true;
        }
        suspect = older;
        suspectAnsweredNanos = answeredNanos;
        return false;
    }

    void clear() {
        suspect = null;
    }
}

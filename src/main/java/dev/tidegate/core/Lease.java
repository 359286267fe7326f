package dev.tidegate.core;

import java.time.Instant;

/**
 * The expiring right of one instance to run the probes of a half-open round. It belongs to whoever knows the token of the
 * record's fence.
 *
 * @param owner the instance, for people; the fence's token is what proves ownership
 * @param until end in the store's time
 * @param succeeded probes that succeeded in this round
 * @param neutral probes that proved nothing in this round
 */
public record Lease(String owner, Instant until, int succeeded, int neutral) {
    public Lease {
        if (succeeded < 0 || neutral < 0) {
            throw new IllegalArgumentException("probe progress is never negative: " + succeeded + ", " + neutral);
        }
    }

    /** Whether the lease still holds at that moment of the store's time. */
    public boolean isValidAt(Instant storeNow) {
        return storeNow.isBefore(until);
    }
}

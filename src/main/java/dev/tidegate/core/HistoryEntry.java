package dev.tidegate.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One edge or one change of the override, written in the transaction of the change itself.
 *
 * @param version the row's version after the change; with the circuit its key
 * @param fence the fence after the change
 * @param from effective name of the state before: an automatic state, or for an override what held before
 * @param to likewise after
 * @param token the token of the decision; for an edge the fence's token
 * @param at the store's time
 */
public record HistoryEntry(
        CircuitName circuit,
        long version,
        Fence fence,
        Kind kind,
        String from,
        String to,
        Cause cause,
        @Nullable String detail,
        @Nullable String actor,
        String instance,
        String token,
        Instant at) {
    /** Which column family changed. */
    public enum Kind {
        TRANSITION,
        OVERRIDE
    }
}

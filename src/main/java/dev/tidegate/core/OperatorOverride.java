package dev.tidegate.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operator's hold over the automatics.
 *
 * @param kind holds the circuit open or closed
 * @param actor who set it
 * @param reason why, never blank
 * @param until end in the store's time, or {@code null} for "until released"
 * @param id the version of the row that set it: what a release, an extension or its end must name
 */
public record OperatorOverride(
        Kind kind, String actor, String reason, @Nullable Instant until, long id) {
    /** Open or closed by hand. */
    public enum Kind {
        /** All calls are refused and the automatics stand still. */
        ISOLATED,
        /** All calls pass and the automatics run on. */
        BYPASSED
    }

    public OperatorOverride {
        if (actor.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("an override needs an actor and a reason");
        }
    }

    /** Whether it holds at that moment of the store's time. */
    public boolean isInForceAt(Instant storeNow) {
        return until == null || storeNow.isBefore(until);
    }
}

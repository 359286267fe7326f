package dev.tidegate.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One instance's immutable copy of the record, with what this instance decided beyond it.
 *
 * @param record the last row that the store confirmed
 * @param automatic the state this instance acts by; differs from the record's while a decision is pending or the store away
 * @param pending whether a local trip or reopening is not confirmed yet
 * @param step local steps taken in this epoch; above 0 only after decisions made while the store was away
 * @param claimableAtNanos ticker reading from which a claim or takeover is worth trying; meaningless while CLOSED
 * @param overrideUntilNanos ticker reading at which the override ends, or {@code null} for none or until released
 */
public record Snapshot(
        CircuitRecord record,
        AutomaticState automatic,
        boolean pending,
        long step,
        long claimableAtNanos,
        @Nullable Long overrideUntilNanos) {

    /** What callers meet at that reading of the ticker. */
    public EffectiveState effectiveAt(long nanos) {
        OperatorOverride override = overrideAt(nanos);
        if (override == null) {
            return EffectiveState.of(automatic);
        }
        return override.kind() == OperatorOverride.Kind.ISOLATED ? EffectiveState.ISOLATED : EffectiveState.BYPASSED;
    }

    /** The override in force at that reading of the ticker. */
    public @Nullable OperatorOverride overrideAt(long nanos) {
        boolean ended = overrideUntilNanos != null && nanos - overrideUntilNanos >= 0;
        return ended ? null : record.override();
    }

    /** How long until a claim is worth trying; zero while CLOSED or when the time has come. */
    public Duration retryAfterAt(long nanos) {
        if (automatic == AutomaticState.CLOSED) {
            return Duration.ZERO;
        }
        return Duration.ofNanos(Math.max(0, claimableAtNanos - nanos));
    }
}

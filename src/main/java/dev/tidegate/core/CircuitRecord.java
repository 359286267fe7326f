package dev.tidegate.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The circuit's row: the only truth that the fleet shares. All instants are the store's time.
 *
 * @param version +1 at every write of the row; orders snapshots
 * @param fence epoch and token of the edge that made the automatic state
 * @param since when the automatic state began
 * @param retryAt when the break is over; only while OPEN
 * @param failedRounds breaks in a row without a recovery; 1 at the first trip; while CLOSED those that a trip within the ramp-up adds
 *     to, else 0
 * @param counts the window's figures at the trip
 * @param lastError the last failure before the trip or of the probe, cut to 500 characters
 * @param lease only while HALF_OPEN
 * @param writer the instance that made the last edge
 */
public record CircuitRecord(
        CircuitName name,
        long version,
        Fence fence,
        AutomaticState state,
        Instant since,
        @Nullable Instant retryAt,
        int failedRounds,
        Cause cause,
        @Nullable String detail,
        Counts counts,
        @Nullable String lastError,
        @Nullable Lease lease,
        @Nullable OperatorOverride override,
        String writer) {

    public CircuitRecord {
        if ((state == AutomaticState.OPEN) != (retryAt != null)) {
            throw new IllegalArgumentException("circuit " + name + " is " + state + " with retry time " + retryAt);
        }
        if ((state == AutomaticState.HALF_OPEN) != (lease != null)) {
            throw new IllegalArgumentException("circuit " + name + " is " + state + " with lease " + lease);
        }
        if (failedRounds < 0) {
            throw new IllegalArgumentException("circuit " + name + " has " + failedRounds + " failed rounds");
        }
    }

    /** The row of a circuit that nobody used yet: CLOSED at epoch 0, version 0. */
    public static CircuitRecord created(CircuitName name, Instant storeNow) {
        return created(name, 0, storeNow);
    }

    /** What an instance acts by before it has read the row: CLOSED, older than every row. */
    static CircuitRecord unread(CircuitName name) {
        return created(name, -1, Instant.EPOCH);
    }

    private static CircuitRecord created(CircuitName name, long version, Instant since) {
        return new CircuitRecord(
                name,
                version,
                new Fence(0, "created"),
                AutomaticState.CLOSED,
                since,
                null,
                0,
                Cause.CREATED,
                null,
                Counts.NONE,
                null,
                null,
                null,
                "-");
    }

    /** Epoch of the automatic state. */
    public long epoch() {
        return fence.epoch();
    }

    /** Whether an operator holds the circuit open at that moment of the store's time. */
    public boolean isIsolatedAt(Instant storeNow) {
        return override != null && override.kind() == OperatorOverride.Kind.ISOLATED && override.isInForceAt(storeNow);
    }

    /** The same automatic state under another override, one version on. */
    CircuitRecord withOverride(@Nullable OperatorOverride next) {
        return new CircuitRecord(
                name,
                version + 1,
                fence,
                state,
                since,
                retryAt,
                failedRounds,
                cause,
                detail,
                counts,
                lastError,
                lease,
                next,
                writer);
    }

    /** The same round under a changed lease, one version on. */
    CircuitRecord withLease(Lease next) {
        return new CircuitRecord(
                name,
                version + 1,
                fence,
                state,
                since,
                retryAt,
                failedRounds,
                cause,
                detail,
                counts,
                lastError,
                next,
                override,
                writer);
    }
}

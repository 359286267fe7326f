package dev.tidegate.core;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The record's store times as local monotonic deadlines, counted from after the answer that brought them: no wall clock of
 * an instance is ever compared with a stored time. Guarded by the breaker's lock.
 */
final class Deadlines {
    private static final Duration LONGEST_LEASE = Duration.ofHours(2);

    private long claimableAt;
    private long handicapUntil;
    private long adoptedAt;
    private @Nullable Long overrideUntil;

    Deadlines(long nanos) {
        claimableAt = nanos;
        handicapUntil = nanos;
        adoptedAt = nanos;
    }

    /** When a claim or takeover is worth trying, this instance's handicap included. */
    long claimableAt() {
        return handicapUntil - claimableAt > 0 ? handicapUntil : claimableAt;
    }

    long claimableNoSoonerThan(long nanos) {
        long claimable = claimableAt();
        return claimable - nanos > 0 ? claimable : nanos;
    }

    @Nullable
    Long overrideUntil() {
        return overrideUntil;
    }

    boolean isOverrideOver(long nanos) {
        return overrideUntil != null && nanos - overrideUntil >= 0;
    }

    long adoptedAt() {
        return adoptedAt;
    }

    void claimAfter(long nanos) {
        claimableAt = nanos;
    }

    void handicap(long nanos) {
        handicapUntil = nanos;
    }

    void adopted(CircuitRecord row, Instant storeNow, long answeredNanos, CircuitPolicy policy) {
        refreshed(row, storeNow, answeredNanos, policy, true);
    }

    void refreshed(
            CircuitRecord row, Instant storeNow, long answeredNanos, CircuitPolicy policy, boolean isActingByRow) {
        adoptedAt = answeredNanos;
        OperatorOverride override = row.override();
        Instant until = override == null ? null : override.until();
        overrideUntil = until == null ? null : answeredNanos + nanosUntil(until, storeNow, Duration.ofDays(3_650));
        if (!isActingByRow) {
            return;
        }
        Instant retryAt = row.retryAt();
        Lease lease = row.lease();
        if (retryAt != null) {
            claimableAt = answeredNanos + nanosUntil(retryAt, storeNow, BreakDuration.longest(policy));
        } else if (lease != null) {
            claimableAt = answeredNanos + nanosUntil(lease.until(), storeNow, LONGEST_LEASE);
        }
    }

    private static long nanosUntil(Instant end, Instant storeNow, Duration longest) {
        Duration left = Duration.between(storeNow, end);
        if (left.isNegative()) {
            return 0;
        }
        return (left.compareTo(longest) > 0 ? longest : left).toNanos();
    }
}

package dev.tidegate.core;

import static dev.tidegate.core.AutomaticState.CLOSED;
import static dev.tidegate.core.AutomaticState.HALF_OPEN;
import static dev.tidegate.core.AutomaticState.OPEN;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The edge table of the circuit protocol: a pure function of the row, the decision and the store's now. Every store asks it
 * inside the transaction that read the row, at every submission.
 *
 * <table>
 * <caption>Edges; each also needs the decision's fence to be the row's</caption>
 * <tr><th>edge</th><th>from</th><th>guard</th><th>to</th></tr>
 * <tr><td>trip</td><td>CLOSED</td><td>not isolated</td><td>OPEN, epoch + 1</td></tr>
 * <tr><td>claim</td><td>OPEN</td><td>not isolated, retry time passed</td><td>HALF_OPEN, epoch + 1</td></tr>
 * <tr><td>takeover</td><td>HALF_OPEN</td><td>not isolated, lease passed</td><td>HALF_OPEN, epoch + 1</td></tr>
 * <tr><td>give back, renew</td><td>HALF_OPEN</td><td>not isolated, own lease valid</td><td>lease only</td></tr>
 * <tr><td>close</td><td>HALF_OPEN</td><td>not isolated, own lease valid</td><td>CLOSED, epoch + 1</td></tr>
 * <tr><td>reopen</td><td>HALF_OPEN</td><td>not isolated, own lease valid</td><td>OPEN, epoch + 1</td></tr>
 * <tr><td>restore</td><td>any</td><td>row older than what was seen</td><td>OPEN, greatest epoch seen + 1</td></tr>
 * <tr><td>reset</td><td>any</td><td>–</td><td>CLOSED, epoch + 1</td></tr>
 * </table>
 * There is no CLOSED → HALF_OPEN. Overrides do not touch the fence; they compare the override's own id.
 */
public final class Edges {
    private Edges() {}

    /** What the protocol allows this decision to write over this row at this moment of the store's time. */
    public static Ruling rule(CircuitRecord row, Decision decision, Instant storeNow) {
        if (decision instanceof Decision.SetOverride set) {
            return OverrideEdges.set(row, set, storeNow);
        }
        if (decision instanceof Decision.EndOverride end) {
            return OverrideEdges.end(row, end, storeNow);
        }
        if (!row.fence().equals(decision.base())) {
            return new Ruling.Lost("decided on " + decision.base() + ", the row is at " + row.fence());
        }
        if (decision instanceof Decision.Restore restore) {
            return restore(row, restore, storeNow);
        }
        if (decision instanceof Decision.Reset reset) {
            return reset(row, reset, storeNow);
        }
        if (row.isIsolatedAt(storeNow)) {
            return new Ruling.Lost("the circuit is isolated by an operator: the automatics stand still");
        }
        return automatic(row, decision, storeNow);
    }

    private static Ruling automatic(CircuitRecord row, Decision decision, Instant now) {
        if (decision instanceof Decision.Trip trip) {
            return trip(row, trip, now);
        }
        if (decision instanceof Decision.Claim claim) {
            return claim(row, claim, now);
        }
        if (decision instanceof Decision.Takeover takeover) {
            return takeover(row, takeover, now);
        }
        if (decision instanceof Decision.GiveBack) {
            return giveBack(row, now);
        }
        if (decision instanceof Decision.Renew renew) {
            return renew(row, renew, now);
        }
        if (decision instanceof Decision.Close close) {
            return close(row, close, now);
        }
        if (decision instanceof Decision.Reopen reopen) {
            return reopen(row, reopen, now);
        }
        throw new IllegalStateException("a bug: no edge for " + decision);
    }

    private static Ruling trip(CircuitRecord row, Decision.Trip trip, Instant now) {
        if (row.state() != CLOSED) {
            return wrongState(row, CLOSED);
        }
        return edge(
                row,
                trip,
                now,
                new Target(OPEN, trip.cause(), trip.detail(), now.plus(trip.breakDuration()), null),
                trip.failedRounds(),
                trip.counts(),
                trip.lastError());
    }

    private static Ruling claim(CircuitRecord row, Decision.Claim claim, Instant now) {
        if (row.state() != OPEN) {
            return wrongState(row, OPEN);
        }
        Instant retryAt = Objects.requireNonNull(row.retryAt());
        if (now.isBefore(retryAt)) {
            return new Ruling.Lost("the break lasts until " + retryAt + ", now is " + now);
        }
        return leaseTaken(row, claim, claim.cause(), now, new Lease(claim.instance(), now.plus(claim.lease()), 0, 0));
    }

    private static Ruling takeover(CircuitRecord row, Decision.Takeover takeover, Instant now) {
        if (row.state() != HALF_OPEN) {
            return wrongState(row, HALF_OPEN);
        }
        Lease held = Objects.requireNonNull(row.lease());
        if (held.isValidAt(now)) {
            return new Ruling.Lost("the lease of " + held.owner() + " lasts until " + held.until() + ", now is " + now);
        }
        Lease next = new Lease(takeover.instance(), now.plus(takeover.lease()), 0, 0);
        return leaseTaken(row, takeover, takeover.cause(), now, next);
    }

    private static Ruling leaseTaken(CircuitRecord row, Decision decision, Cause cause, Instant now, Lease lease) {
        return edge(
                row,
                decision,
                now,
                new Target(HALF_OPEN, cause, null, null, lease),
                row.failedRounds(),
                row.counts(),
                row.lastError());
    }

    private static Ruling giveBack(CircuitRecord row, Instant now) {
        Lease held = validLease(row, now);
        if (held == null) {
            return leasePassed(row);
        }
        return new Ruling.Write(row.withLease(new Lease(held.owner(), now, held.succeeded(), held.neutral())), null);
    }

    private static Ruling renew(CircuitRecord row, Decision.Renew renew, Instant now) {
        Lease held = validLease(row, now);
        if (held == null) {
            return leasePassed(row);
        }
        // Renewals of one holder may overtake each other: progress is never taken back.
        int succeeded = Math.max(held.succeeded(), renew.succeeded());
        int neutral = Math.max(held.neutral(), renew.neutral());
        Lease next = new Lease(held.owner(), now.plus(renew.lease()), succeeded, neutral);
        return new Ruling.Write(row.withLease(next), null);
    }

    private static Ruling close(CircuitRecord row, Decision.Close close, Instant now) {
        if (validLease(row, now) == null) {
            return leasePassed(row);
        }
        Target closed = new Target(CLOSED, close.cause(), close.detail(), null, null);
        return edge(row, close, now, closed, close.failedRounds(), Counts.NONE, null);
    }

    private static Ruling reopen(CircuitRecord row, Decision.Reopen reopen, Instant now) {
        if (validLease(row, now) == null) {
            return leasePassed(row);
        }
        Instant retryAt = now.plus(reopen.breakDuration());
        return edge(
                row,
                reopen,
                now,
                new Target(OPEN, Cause.PROBE_FAILED, reopen.detail(), retryAt, null),
                reopen.failedRounds(),
                row.counts(),
                reopen.lastError());
    }

    private static Ruling restore(CircuitRecord row, Decision.Restore restore, Instant now) {
        if (row.epoch() > restore.greatestEpochSeen()) {
            return new Ruling.Lost("the row is at epoch " + row.epoch() + ", beyond the greatest seen, "
                    + restore.greatestEpochSeen());
        }
        Fence fence = new Fence(restore.greatestEpochSeen() + 1, restore.token());
        String detail = "the store had gone back to epoch " + row.epoch();
        Target target = new Target(OPEN, Cause.RESTORED, detail, now.plus(restore.breakDuration()), null);
        return written(row, restore, now, target, fence, 1, Counts.NONE, null, null);
    }

    private static Ruling reset(CircuitRecord row, Decision.Reset reset, Instant now) {
        Target target = new Target(CLOSED, Cause.RESET, reset.reason(), null, null);
        Fence fence = row.fence().next(reset.token());
        return written(row, reset, now, target, fence, 0, Counts.NONE, null, reset.actor());
    }

    private record Target(
            AutomaticState state,
            Cause cause,
            @Nullable String detail,
            @Nullable Instant retryAt,
            @Nullable Lease lease) {}

    private static Ruling edge(
            CircuitRecord row,
            Decision decision,
            Instant now,
            Target target,
            int failedRounds,
            Counts counts,
            @Nullable String lastError) {
        Fence fence = row.fence().next(decision.token());
        return written(row, decision, now, target, fence, failedRounds, counts, lastError, null);
    }

    private static Ruling written(
            CircuitRecord row,
            Decision decision,
            Instant now,
            Target target,
            Fence fence,
            int failedRounds,
            Counts counts,
            @Nullable String lastError,
            @Nullable String actor) {
        CircuitRecord next = new CircuitRecord(
                row.name(),
                row.version() + 1,
                fence,
                target.state(),
                now,
                target.retryAt(),
                failedRounds,
                target.cause(),
                target.detail(),
                counts,
                lastError,
                target.lease(),
                row.override(),
                decision.instance());
        HistoryEntry entry = new HistoryEntry(
                row.name(),
                next.version(),
                fence,
                HistoryEntry.Kind.TRANSITION,
                row.state().name(),
                target.state().name(),
                target.cause(),
                target.detail(),
                actor,
                decision.instance(),
                decision.token(),
                now);
        return new Ruling.Write(next, entry);
    }

    private static @Nullable Lease validLease(CircuitRecord row, Instant now) {
        Lease held = row.lease();
        return held != null && held.isValidAt(now) ? held : null;
    }

    private static Ruling wrongState(CircuitRecord row, AutomaticState needed) {
        return new Ruling.Lost("the row is " + row.state() + ", the edge begins at " + needed);
    }

    private static Ruling leasePassed(CircuitRecord row) {
        return new Ruling.Lost("the own lease does not hold any more: the row is " + row.state() + ", " + row.lease());
    }
}

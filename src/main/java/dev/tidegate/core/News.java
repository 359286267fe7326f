package dev.tidegate.core;

import static dev.tidegate.core.AutomaticState.CLOSED;
import static dev.tidegate.core.AutomaticState.HALF_OPEN;
import static dev.tidegate.core.AutomaticState.OPEN;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the store's answers and rows do to one circuit on this instance, the merge after an outage included. Every method
 * runs under the breaker's lock.
 */
final class News {
    private final LocalCircuit local;
    private final RestoredStore restored = new RestoredStore();
    private final Unheard unheard = new Unheard();

    News(LocalCircuit local) {
        this.local = local;
    }

    /** Takes the answer; returns the caller that waits for it, if it was a claim's. */
    @Nullable
    ClaimPending answered(Decision decision, long sentNanos, Submission answer, Outbox outbox) {
        boolean isOwed = local.owed == decision;
        boolean isClaim = local.claim == decision;
        ClaimPending waiting = isClaim ? local.claimWaiting : null;
        if (isOwed) {
            local.owedInFlight = false;
        }
        if (isClaim) {
            local.claim = null;
            local.claimWaiting = null;
        }
        if (answer instanceof Submission.Away || answer instanceof Submission.Deferred) {
            unheard.add(decision);
        }
        if (answer instanceof Submission.Applied applied) {
            applied(decision, sentNanos, applied, isOwed, outbox);
        } else if (answer instanceof Submission.Lost lost) {
            lost(decision, lost, isOwed, isOwed || isClaim);
        } else if (answer instanceof Submission.Away) {
            wentAway(decision, isOwed, isClaim);
        } else if (isClaim) {
            local.deadlines.handicap(local.nanos() + local.handicapNanos);
            local.changed = true;
        }
        return waiting;
    }

    private void applied(Decision decision, long sentNanos, Submission.Applied applied, boolean isOwed, Outbox outbox) {
        if (isOwed) {
            local.owed = null;
            local.changed = true;
        }
        Round own = local.round;
        boolean isSameRound =
                own != null && !own.isLocal() && local.record.fence().equals(decision.base());
        if (decision instanceof Decision.Renew renew && own != null && isSameRound) {
            own.renewed(
                    sentNanos + renew.lease().minus(LocalCircuit.LEASE_MARGIN).toNanos());
        }
        take(applied.row(), applied.storeNow(), applied.answeredNanos(), outbox);
    }

    /** @param isActedOn whether this instance's own state rests on the decision; what it lost beside that drops nothing */
    private void lost(Decision decision, Submission.Lost lost, boolean isOwed, boolean isActedOn) {
        if (isOwed) {
            local.owed = null;
            local.changed = true;
        }
        CircuitRecord row = lost.row();
        if (row.epoch() > local.record.epoch()) {
            mirror(row, lost.storeNow(), lost.answeredNanos());
            return;
        }
        boolean isOfThisEpoch = decision.base().equals(local.record.fence())
                && row.fence().equals(local.record.fence())
                && row.version() >= local.record.version();
        if (isOfThisEpoch && isActedOn) {
            mirror(row, lost.storeNow(), lost.answeredNanos());
        } else if (isOfThisEpoch && row.version() > local.record.version()) {
            refresh(row, lost.storeNow(), lost.answeredNanos());
        }
    }

    private void wentAway(Decision decision, boolean isOwed, boolean isClaim) {
        local.away = true;
        if (isClaim && local.acting != CLOSED && local.round == null) {
            local.localRound();
        } else if (isOwed && decision instanceof Decision.Close && !local.merging) {
            local.closeLocally();
        } else if (decision instanceof Decision.Renew renew && local.round != null) {
            local.round.goOnLocally(local.nanos() + renew.lease().toNanos());
            local.step++;
            local.changed = true;
        }
    }

    /** The store was found away: until it is back this instance decides alone. */
    void storeAway() {
        local.away = true;
    }

    void adopt(CircuitRecord row, Instant storeNow, long readStartedNanos, long answeredNanos, Outbox outbox) {
        local.away = false;
        boolean isOlder = row.epoch() < local.record.epoch()
                || (row.epoch() == local.record.epoch()
                        && (row.version() < local.record.version()
                                || !row.fence().equals(local.record.fence())));
        if (isOlder) {
            if (restored.isConfirmed(row, readStartedNanos, local.deadlines.adoptedAt(), answeredNanos)) {
                outbox.send(local.decisions.restore(row.fence(), local.policy, local.record.epoch()));
            }
            return;
        }
        restored.clear();
        take(row, storeNow, answeredNanos, outbox);
        reconcile(storeNow, answeredNanos, outbox);
    }

    /** The own edge that this row shows to be written although its answer never came; told once. */
    @Nullable
    Decision heardFrom(CircuitRecord row) {
        return unheard.shownBy(row);
    }

    private void take(CircuitRecord row, Instant storeNow, long answeredNanos, Outbox outbox) {
        if (row.epoch() > local.record.epoch()) {
            replace(row, storeNow, answeredNanos, outbox);
        } else if (row.fence().equals(local.record.fence()) && row.version() > local.record.version()) {
            refresh(row, storeNow, answeredNanos);
        }
    }

    private void replace(CircuitRecord row, Instant storeNow, long answeredNanos, Outbox outbox) {
        boolean isOwnMergeClaim =
                local.merging && local.acting == CLOSED && row.fence().token().equals(local.ownLeaseToken);
        if (!isOwnMergeClaim) {
            mirror(row, storeNow, answeredNanos);
            return;
        }
        local.record = row;
        local.deadlines.adopted(row, storeNow, answeredNanos, local.policy);
        local.owe(closeAfterOutage(row), outbox);
    }

    private void mirror(CircuitRecord row, Instant storeNow, long answeredNanos) {
        boolean isSameEpoch = row.fence().equals(local.record.fence());
        // What closed here alone before the row did has its ramp-up behind it, or is in the midst of it.
        boolean isOwnMerge = local.merging && local.acting == CLOSED;
        local.record = row;
        local.owed = null;
        local.merging = false;
        local.step = 0;
        local.localRounds = 0;
        local.deadlines.adopted(row, storeNow, answeredNanos, local.policy);
        if (row.state() == CLOSED && !(isSameEpoch && local.acting == CLOSED)) {
            local.window = local.freshWindow();
            local.ramp = isOwnMerge ? local.ramp : Ramp.since(row, local.policy, storeNow, answeredNanos);
        }
        if (row.state() == CLOSED) {
            // What this instance owed the others after its failed probe ends with the break.
            local.deadlines.handicap(local.nanos());
        }
        local.round = row.state() == HALF_OPEN && row.fence().token().equals(local.ownLeaseToken)
                ? roundUnder(row, storeNow, answeredNanos, isSameEpoch)
                : null;
        local.act(row.state());
    }

    // A lease is good for one round object: a second one would not know of the first one's probes in flight.
    private @Nullable Round roundUnder(CircuitRecord row, Instant storeNow, long answeredNanos, boolean isSameEpoch) {
        Round running = local.round;
        if (isSameEpoch && running != null && !running.isLocal()) {
            return running;
        }
        Lease lease = row.lease();
        if (local.isOwnLeaseUsed || lease == null || !lease.isValidAt(storeNow)) {
            return null;
        }
        local.isOwnLeaseUsed = true;
        Round own = new Round(
                false,
                local.ownLeaseSentNanos
                        + local.policy.lease().minus(LocalCircuit.LEASE_MARGIN).toNanos());
        return own.isOver(answeredNanos) ? null : own;
    }

    // Only the version moved: an override or the lease. Window, round and what is owed live on, unless
    // isolated.
    private void refresh(CircuitRecord row, Instant storeNow, long answeredNanos) {
        if (row.isIsolatedAt(storeNow)) {
            mirror(row, storeNow, answeredNanos);
            local.round = null;
            return;
        }
        boolean isActingByRow = local.acting == local.record.state() && local.owed == null;
        local.record = row;
        local.changed = true;
        local.deadlines.refreshed(row, storeNow, answeredNanos, local.policy, isActingByRow);
    }

    private void reconcile(Instant storeNow, long answeredNanos, Outbox outbox) {
        OperatorOverride override = local.record.override();
        if (override != null && !override.isInForceAt(storeNow)) {
            outbox.send(local.decisions.endOverride(local.record, override));
        }
        if (local.record.isIsolatedAt(storeNow)) {
            return;
        }
        Round own = local.round;
        if (own != null && own.isLocal()) {
            local.round = null;
            local.act(OPEN);
        }
        Decision unsettled = local.owed;
        if (unsettled != null) {
            if (!local.owedInFlight) {
                unheard.remove(unsettled);
                local.owe(unsettled, outbox);
            }
            return;
        }
        if (local.acting != local.record.state()) {
            merge(storeNow, answeredNanos, outbox);
        }
    }

    private void merge(Instant storeNow, long answeredNanos, Outbox outbox) {
        boolean isOwnLease = local.record.fence().token().equals(local.ownLeaseToken);
        switch (OutageMerge.of(local.acting, local.record, isOwnLease, storeNow)) {
            case KEEP -> local.merging = false;
            case ADOPT -> mirror(local.record, storeNow, answeredNanos);
            case CLAIM_AND_CLOSE -> {
                local.merging = true;
                Decision claim = local.decisions.lease(local.record, local.policy, true);
                local.claiming(claim);
                local.owe(claim, outbox);
            }
            case CLOSE -> {
                local.merging = true;
                local.owe(closeAfterOutage(local.record), outbox);
            }
        }
    }

    private Decision closeAfterOutage(CircuitRecord row) {
        return local.decisions.close(row, local.policy, Cause.OUTAGE, "recovered while the store was away");
    }
}

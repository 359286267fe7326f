package dev.tidegate.core;

import static dev.tidegate.core.AutomaticState.CLOSED;
import static dev.tidegate.core.AutomaticState.HALF_OPEN;
import static dev.tidegate.core.AutomaticState.OPEN;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one instance believes of one circuit and still owes to the store. Every method runs under the breaker's lock and is
 * one edge or one kind of news.
 */
final class LocalCircuit {
    /** Where decisions leave for the store. */
    interface Outbox {
        void send(Decision decision);
    }

    /** A holder starts no call later than its lease's end less this, counted from before the claim was sent. */
    static final Duration LEASE_MARGIN = Duration.ofSeconds(1);

    private final Decisions decisions;
    private final Ticker ticker;
    private final long handicapNanos;
    private final CircuitPolicy policy;
    private final Counters counters;
    private final Deadlines deadlines;
    private final RestoredStore restored = new RestoredStore();
    private CircuitRecord record;
    private AutomaticState acting = CLOSED;
    private Window window;
    private @Nullable Round round;
    private @Nullable Decision owed;
    private boolean owedInFlight;
    private @Nullable Decision claim;
    private @Nullable ClaimPending claimWaiting;
    private @Nullable String ownLeaseToken;
    private long ownLeaseSentNanos;
    private boolean merging;
    private boolean away;
    private long step;
    private int localRounds;
    private boolean changed;

    LocalCircuit(
            Decisions decisions,
            Ticker ticker,
            Duration handicap,
            CircuitRecord created,
            CircuitPolicy policy,
            Counters counters) {
        this.decisions = decisions;
        this.ticker = ticker;
        this.handicapNanos = handicap.toNanos();
        this.record = created;
        this.policy = policy;
        this.counters = counters;
        this.deadlines = new Deadlines(ticker.nanos());
        this.window = freshWindow();
    }

    Snapshot snapshot() {
        boolean pending = owed instanceof Decision.Trip || owed instanceof Decision.Reopen;
        return new Snapshot(record, acting, pending, step, deadlines.claimableAt(), deadlines.overrideUntil());
    }

    Gate gate(Breaker breaker) {
        Gate automatic = automaticGate(breaker);
        OperatorOverride override = record.override();
        if (override == null) {
            return automatic;
        }
        return switch (override.kind()) {
            case ISOLATED -> new IsolatedGate(breaker, automatic, record.epoch(), deadlines.overrideUntil());
            case BYPASSED -> new BypassedGate(breaker, automatic, record.epoch(), deadlines.overrideUntil());
        };
    }

    private Gate automaticGate(Breaker breaker) {
        Round own = round;
        return switch (acting) {
            case CLOSED -> new ClosedGate(breaker, window, record.epoch());
            case OPEN -> refusing(breaker, RefusalReason.OPEN);
            case HALF_OPEN ->
                own == null
                        ? refusing(breaker, RefusalReason.HALF_OPEN)
                        : new ProbingGate(breaker, own, record.epoch());
        };
    }

    private Gate refusing(Breaker breaker, RefusalReason reason) {
        return new RefusingGate(breaker, reason, record.epoch(), deadlines.claimableAt());
    }

    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    void storeAway() {
        away = true;
    }

    // --- decisions of this instance -------------------------------------------------------------------------------

    void trip(Window seen, TripPolicy.Verdict verdict, Failure failure, Outbox outbox) {
        if (acting != CLOSED || window != seen || isIsolated()) {
            return;
        }
        Decision.Trip trip = decisions.trip(record.fence(), policy, verdict, failure);
        act(OPEN);
        merging = false;
        deadlines.claimAfter(ticker.nanos() + trip.breakDuration().toNanos());
        if (record.state() == CLOSED) {
            owe(trip, outbox);
            return;
        }
        // Closed here alone, while the row was not: the row says OPEN already, so there is nothing to tell the store.
        owed = null;
        step++;
    }

    Permit claim(Breaker breaker, RefusingGate seen, Outbox outbox) {
        if (claim != null || (owed != null && !away)) {
            return seen.refuse();
        }
        if (away) {
            return beginLocalRound(breaker);
        }
        Decision next = decisions.lease(record, policy, false);
        RefusalReason reason = acting == OPEN ? RefusalReason.OPEN : RefusalReason.HALF_OPEN;
        ClaimPending waiting = new ClaimPending(reason, record.epoch());
        claim = next;
        claimWaiting = waiting;
        counters.refuse(reason);
        outbox.send(next);
        return waiting;
    }

    private Permit beginLocalRound(Breaker breaker) {
        Round own = localRound();
        own.started();
        counters.probes.increment();
        return new ProbePermit(breaker, own, record.epoch());
    }

    private Round localRound() {
        Round own = new Round(true, ticker.nanos() + policy.lease().toNanos());
        round = own;
        step++;
        act(HALF_OPEN);
        return own;
    }

    Permit probe(Breaker breaker, ProbingGate seen, Round asked) {
        long now = ticker.nanos();
        if (asked.isOver(now)) {
            leaseEnded(asked, now);
            return seen.refuse();
        }
        if (!asked.hasRoom(policy, now)) {
            return seen.refuse();
        }
        asked.started();
        counters.probes.increment();
        return new ProbePermit(breaker, asked, record.epoch());
    }

    // A probe that never came back ends with its lease; this instance lets others go first.
    private void leaseEnded(Round ended, long now) {
        round = null;
        changed = true;
        if (ended.hasProbeInFlight()) {
            deadlines.handicap(Math.max(now, deadlines.claimableAt()) + handicapNanos);
        }
        if (ended.isLocal()) {
            act(OPEN);
        }
    }

    void settleProbe(Round of, ProbePermit.Result result, @Nullable Failure failure, Outbox outbox) {
        if (round != of || isIsolated()) {
            counters.lates.increment();
            return;
        }
        of.ended();
        switch (result) {
            case SUCCESS -> {
                counters.successes.increment();
                of.succeed();
                progressed(of, outbox);
            }
            case NEUTRAL -> {
                counters.neutrals.increment();
                of.proveNothing();
                progressed(of, outbox);
            }
            case FAILURE -> {
                counters.failures.increment();
                probeFailed(of, failure == null ? new Failure("no reason given") : failure, outbox);
            }
            case INCONCLUSIVE -> {
                counters.inconclusives.increment();
                giveBack(of, outbox);
            }
        }
    }

    private void progressed(Round of, Outbox outbox) {
        if (of.isEnough(policy)) {
            of.close();
            changed = true;
            String detail = of.succeeded() + " probes succeeded, " + of.neutral() + " proved nothing";
            if (of.isLocal()) {
                closeLocally();
            } else {
                owe(decisions.close(record.fence(), Cause.PROBES_SUCCEEDED, detail), outbox);
            }
            return;
        }
        if (of.isLocal()) {
            of.renewed(ticker.nanos() + policy.lease().toNanos());
            return;
        }
        outbox.send(decisions.renew(record.fence(), policy, of));
    }

    private void probeFailed(Round of, Failure failure, Outbox outbox) {
        round = null;
        act(OPEN);
        if (of.isLocal()) {
            step++;
            localRounds++;
            int failedRounds = record.failedRounds() + localRounds;
            Duration lasts = decisions.localBreak(policy, failedRounds, failure.retryAfter());
            deadlines.claimAfter(ticker.nanos() + lasts.toNanos());
        } else {
            Decision.Reopen reopen = decisions.reopen(record, policy, failure);
            deadlines.claimAfter(ticker.nanos() + reopen.breakDuration().toNanos());
            owe(reopen, outbox);
        }
        deadlines.handicap(deadlines.claimableAt() + handicapNanos);
    }

    private void giveBack(Round of, Outbox outbox) {
        if (of.hasProbeInFlight()) {
            return;
        }
        round = null;
        changed = true;
        deadlines.handicap(ticker.nanos() + handicapNanos);
        if (of.isLocal()) {
            act(OPEN);
            step++;
            deadlines.claimAfter(ticker.nanos());
            return;
        }
        outbox.send(decisions.giveBack(record.fence()));
    }

    private void closeLocally() {
        round = null;
        owed = null;
        localRounds = 0;
        step++;
        window = freshWindow();
        act(CLOSED);
    }

    private void owe(Decision decision, Outbox outbox) {
        owed = decision;
        owedInFlight = true;
        changed = true;
        outbox.send(decision);
    }

    // --- answers of the store -------------------------------------------------------------------------------------

    /** Takes the answer; returns the caller that waits for it, if it was a claim's. */
    @Nullable
    ClaimPending answered(Decision decision, long sentNanos, Submission answer, Outbox outbox) {
        boolean isOwed = owed == decision;
        boolean isClaim = claim == decision;
        ClaimPending waiting = isClaim ? claimWaiting : null;
        if (isOwed) {
            owedInFlight = false;
        }
        if (isClaim) {
            claim = null;
            claimWaiting = null;
        }
        if (answer instanceof Submission.Applied applied) {
            applied(decision, sentNanos, applied, isOwed, outbox);
        } else if (answer instanceof Submission.Lost lost) {
            lost(decision, lost, isOwed);
        } else if (answer instanceof Submission.Away) {
            wentAway(decision, isOwed, isClaim);
        } else if (isClaim) {
            deadlines.handicap(ticker.nanos() + handicapNanos);
            changed = true;
        }
        return waiting;
    }

    private void applied(Decision decision, long sentNanos, Submission.Applied applied, boolean isOwed, Outbox outbox) {
        if (isOwed) {
            owed = null;
            changed = true;
        }
        if (decision instanceof Decision.Claim || decision instanceof Decision.Takeover) {
            ownLeaseToken = decision.token();
            ownLeaseSentNanos = sentNanos;
        }
        Round own = round;
        boolean isSameRound = own != null && !own.isLocal() && record.fence().equals(decision.base());
        if (decision instanceof Decision.Renew renew && own != null && isSameRound) {
            own.renewed(sentNanos + renew.lease().minus(LEASE_MARGIN).toNanos());
        }
        take(applied.row(), applied.storeNow(), applied.answeredNanos(), outbox);
    }

    private void lost(Decision decision, Submission.Lost lost, boolean isOwed) {
        if (isOwed) {
            owed = null;
        }
        CircuitRecord row = lost.row();
        boolean isNews = row.epoch() > record.epoch() || row.version() >= record.version();
        boolean isOfThisEpoch = decision.base().equals(record.fence());
        if (isNews && (row.epoch() > record.epoch() || isOfThisEpoch)) {
            mirror(row, lost.storeNow(), lost.answeredNanos());
        }
    }

    private void wentAway(Decision decision, boolean isOwed, boolean isClaim) {
        away = true;
        if (isClaim && acting != CLOSED && round == null) {
            localRound();
        } else if (isOwed && decision instanceof Decision.Close && !merging) {
            closeLocally();
        } else if (decision instanceof Decision.Renew renew && round != null) {
            round.renewed(ticker.nanos() + renew.lease().toNanos());
        }
    }

    // --- rows -----------------------------------------------------------------------------------------------------

    void adopt(CircuitRecord row, Instant storeNow, long readStartedNanos, long answeredNanos, Outbox outbox) {
        away = false;
        boolean isOlder = row.epoch() < record.epoch()
                || (row.epoch() == record.epoch()
                        && (row.version() < record.version() || !row.fence().equals(record.fence())));
        if (isOlder) {
            if (restored.isConfirmed(row, readStartedNanos, deadlines.adoptedAt(), answeredNanos)) {
                outbox.send(decisions.restore(row.fence(), policy, record.epoch()));
            }
            return;
        }
        restored.clear();
        take(row, storeNow, answeredNanos, outbox);
        reconcile(storeNow, answeredNanos, outbox);
    }

    private void take(CircuitRecord row, Instant storeNow, long answeredNanos, Outbox outbox) {
        if (row.epoch() > record.epoch()) {
            replace(row, storeNow, answeredNanos, outbox);
        } else if (row.fence().equals(record.fence()) && row.version() > record.version()) {
            refresh(row, storeNow, answeredNanos);
        }
    }

    private void replace(CircuitRecord row, Instant storeNow, long answeredNanos, Outbox outbox) {
        boolean isOwnMergeClaim =
                merging && acting == CLOSED && row.fence().token().equals(ownLeaseToken);
        if (!isOwnMergeClaim) {
            mirror(row, storeNow, answeredNanos);
            return;
        }
        record = row;
        deadlines.adopted(row, storeNow, answeredNanos, policy);
        owe(decisions.close(row.fence(), Cause.OUTAGE, "recovered while the store was away"), outbox);
    }

    private void mirror(CircuitRecord row, Instant storeNow, long answeredNanos) {
        boolean isSameEpoch = row.fence().equals(record.fence());
        record = row;
        owed = null;
        merging = false;
        step = 0;
        localRounds = 0;
        deadlines.adopted(row, storeNow, answeredNanos, policy);
        if (row.state() == CLOSED && !(isSameEpoch && acting == CLOSED)) {
            window = freshWindow();
        }
        round = row.state() == HALF_OPEN && row.fence().token().equals(ownLeaseToken) ? ownRound() : null;
        act(row.state());
    }

    private @Nullable Round ownRound() {
        Round own = new Round(
                false, ownLeaseSentNanos + policy.lease().minus(LEASE_MARGIN).toNanos());
        return own.isOver(ticker.nanos()) ? null : own;
    }

    // Only the version moved: an override or the lease. Window, round and what is owed live on, unless isolated.
    private void refresh(CircuitRecord row, Instant storeNow, long answeredNanos) {
        if (row.isIsolatedAt(storeNow)) {
            mirror(row, storeNow, answeredNanos);
            round = null;
            return;
        }
        boolean isActingByRow = acting == record.state() && owed == null;
        record = row;
        changed = true;
        deadlines.refreshed(row, storeNow, answeredNanos, policy, isActingByRow);
    }

    private void reconcile(Instant storeNow, long answeredNanos, Outbox outbox) {
        OperatorOverride override = record.override();
        if (override != null && !override.isInForceAt(storeNow)) {
            outbox.send(decisions.endOverride(record, override));
        }
        if (record.isIsolatedAt(storeNow)) {
            return;
        }
        Round own = round;
        if (own != null && own.isLocal()) {
            round = null;
            act(OPEN);
        }
        Decision unsettled = owed;
        if (unsettled != null) {
            if (!owedInFlight) {
                owe(unsettled, outbox);
            }
            return;
        }
        if (acting != record.state()) {
            merge(storeNow, answeredNanos, outbox);
        }
    }

    private void merge(Instant storeNow, long answeredNanos, Outbox outbox) {
        boolean isOwnLease = record.fence().token().equals(ownLeaseToken);
        switch (OutageMerge.of(acting, record, isOwnLease, storeNow)) {
            case KEEP -> merging = false;
            case ADOPT -> mirror(record, storeNow, answeredNanos);
            case CLAIM_AND_CLOSE -> {
                merging = true;
                owe(decisions.lease(record, policy, true), outbox);
            }
            case CLOSE -> {
                merging = true;
                owe(decisions.close(record.fence(), Cause.OUTAGE, "recovered while the store was away"), outbox);
            }
        }
    }

    private boolean isIsolated() {
        OperatorOverride override = record.override();
        return override != null
                && override.kind() == OperatorOverride.Kind.ISOLATED
                && !deadlines.isOverrideOver(ticker.nanos());
    }

    private void act(AutomaticState state) {
        acting = state;
        changed = true;
    }

    private Window freshWindow() {
        return new TimeWindow(ticker, policy.samplingDuration(), policy.failureThreshold());
    }
}

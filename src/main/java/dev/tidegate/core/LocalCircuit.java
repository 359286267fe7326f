package dev.tidegate.core;

import static dev.tidegate.core.AutomaticState.CLOSED;
import static dev.tidegate.core.AutomaticState.HALF_OPEN;
import static dev.tidegate.core.AutomaticState.OPEN;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one instance believes of one circuit and still owes to the store: the state that {@link Calls} and {@link News}
 * change. Guarded by the breaker's lock, as all its fields are.
 */
final class LocalCircuit {
    /** A holder starts no call later than its lease's end less this, counted from before the claim was sent. */
    static final Duration LEASE_MARGIN = Duration.ofSeconds(1);

    final Decisions decisions;
    private final Ticker ticker;
    final long handicapNanos;
    CircuitPolicy policy;
    final Counters counters;
    final Deadlines deadlines;
    CircuitRecord record;
    AutomaticState acting = CLOSED;
    Window window;

    @Nullable
    Ramp ramp;

    @Nullable
    Round round;

    @Nullable
    Decision owed;

    boolean owedInFlight;

    @Nullable
    Decision claim;

    @Nullable
    ClaimPending claimWaiting;

    @Nullable
    String ownLeaseToken;

    long ownLeaseSentNanos;
    boolean isOwnLeaseUsed;
    boolean merging;
    boolean away;
    long step;
    int localRounds;
    boolean changed;

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

    /** Another policy from now on: what is under way ends as it began, and nothing that was counted is lost. */
    void follow(CircuitPolicy next) {
        boolean isReshaped = next.failureThreshold() != policy.failureThreshold()
                || !next.samplingDuration().equals(policy.samplingDuration())
                || !Objects.equals(next.samplingCalls(), policy.samplingCalls());
        policy = next;
        if (isReshaped) {
            window = window.reshaped(next, ticker);
        }
        changed = true;
    }

    Snapshot snapshot() {
        boolean pending = owed instanceof Decision.Trip || owed instanceof Decision.Reopen;
        return new Snapshot(record, acting, pending, step, deadlines.claimableAt(), deadlines.overrideUntil());
    }

    /** What callers meet: the automatics, unless an operator or the policy lets all through, unless an operator isolates. */
    Gate gate(Breaker breaker, Gate automatic) {
        OperatorOverride override = record.override();
        Gate met = policy.isObserving() ? new BypassedGate(breaker, automatic, record.epoch(), null) : automatic;
        if (override == null) {
            return met;
        }
        Long until = deadlines.overrideUntil();
        return switch (override.kind()) {
            case ISOLATED -> new IsolatedGate(breaker, met, record.epoch(), until);
            case BYPASSED -> policy.isObserving() ? met : new BypassedGate(breaker, automatic, record.epoch(), until);
        };
    }

    Gate automaticGate(Breaker breaker) {
        Round own = round;
        return switch (acting) {
            case CLOSED -> closed(breaker, new ClosedGate(breaker, window, record.epoch()));
            case OPEN -> refusing(breaker, RefusalReason.OPEN);
            case HALF_OPEN ->
                own == null
                        ? refusing(breaker, RefusalReason.HALF_OPEN)
                        : new ProbingGate(breaker, own, record.epoch());
        };
    }

    private Gate closed(Breaker breaker, ClosedGate plain) {
        Ramp rising = ramp;
        return rising == null ? plain : new RampGate(breaker, plain, rising);
    }

    /** Failed rounds that still count: those of the row and of this instance alone, until the ramp-up is over. */
    int failedRounds() {
        boolean isForgotten = acting == CLOSED && (ramp == null || ramp.isOver(nanos()));
        return isForgotten ? 0 : record.failedRounds() + localRounds;
    }

    private Gate refusing(Breaker breaker, RefusalReason reason) {
        return new RefusingGate(breaker, reason, record.epoch(), deadlines.claimableAt());
    }

    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    long nanos() {
        return ticker.nanos();
    }

    void closeLocally() {
        round = null;
        owed = null;
        RampUp rampUp = policy.rampUp();
        ramp = rampUp == null ? null : new Ramp(rampUp, nanos());
        if (ramp == null) {
            localRounds = 0;
        }
        step++;
        window = freshWindow();
        act(CLOSED);
    }

    /** Remembers, before it is sent, that a lease with this token will be this instance's: a poll may bring the row first. */
    void claiming(Decision lease) {
        ownLeaseToken = lease.token();
        ownLeaseSentNanos = ticker.nanos();
        isOwnLeaseUsed = false;
    }

    void owe(Decision decision, Outbox outbox) {
        owed = decision;
        owedInFlight = true;
        changed = true;
        outbox.send(decision);
    }

    Round localRound() {
        Round own = new Round(true, ticker.nanos() + policy.lease().toNanos());
        round = own;
        step++;
        act(HALF_OPEN);
        return own;
    }

    boolean mayProbe() {
        long now = nanos();
        Round own = round;
        if (acting == CLOSED || isIsolated()) {
            return false;
        }
        if (acting == AutomaticState.HALF_OPEN && own != null && !own.isOver(now)) {
            return own.hasRoom(policy, now);
        }
        boolean isFree = claim == null && (owed == null || away);
        return isFree && now - deadlines.claimableAt() >= 0;
    }

    boolean isIsolated() {
        OperatorOverride override = record.override();
        return override != null
                && override.kind() == OperatorOverride.Kind.ISOLATED
                && !deadlines.isOverrideOver(ticker.nanos());
    }

    void act(AutomaticState state) {
        acting = state;
        if (state != CLOSED) {
            ramp = null;
        }
        changed = true;
    }

    Window freshWindow() {
        return Window.of(policy, ticker);
    }
}

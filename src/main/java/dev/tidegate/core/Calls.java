package dev.tidegate.core;

import static dev.tidegate.core.AutomaticState.CLOSED;
import static dev.tidegate.core.AutomaticState.OPEN;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What calls do to one circuit on this instance: trip it, claim it, probe it. Every method runs under the breaker's lock. */
final class Calls {
    private final LocalCircuit local;

    Calls(LocalCircuit local) {
        this.local = local;
    }

    void trip(Window seen, TripPolicy.Verdict verdict, Failure failure, Outbox outbox) {
        if (local.acting != CLOSED || local.window.lineage() != seen.lineage() || local.isIsolated()) {
            return;
        }
        Decision.Trip trip =
                local.decisions.trip(local.record.fence(), local.policy, verdict, failure, local.failedRounds() + 1);
        local.act(OPEN);
        local.merging = false;
        local.deadlines.claimAfter(local.nanos() + trip.breakDuration().toNanos());
        if (local.record.state() == CLOSED) {
            local.owe(trip, outbox);
            return;
        }
        // Closed here alone, while the row was not: the row says OPEN already, so there is nothing to tell the store.
        local.owed = null;
        local.step++;
    }

    void countedElsewhere(List<Tally> others, Outbox outbox) {
        boolean isCounting = local.acting == CLOSED && local.record.state() == CLOSED && !local.isIsolated();
        if (!isCounting || others.isEmpty()) {
            return;
        }
        Counts own = local.window.counts();
        Counts sum = own;
        int instances = own.calls() > 0 ? 1 : 0;
        for (Tally other : others) {
            if (other.epoch() == local.record.epoch() && other.counts().calls() > 0) {
                sum = sum.plus(other.counts());
                instances++;
            }
        }
        // Alone, each instance judges at its own failures.
        if (instances < 2) {
            return;
        }
        Failure failure = new Failure("calls failed on several instances");
        TripPolicy.assessFleet(local.policy, sum, instances)
                .ifPresent(verdict -> trip(local.window, verdict, failure, outbox));
    }

    Permit claim(Breaker breaker, RefusingGate seen, Outbox outbox) {
        if (local.claim != null || (local.owed != null && !local.away)) {
            return seen.refuse();
        }
        if (local.away) {
            return beginLocalRound(breaker);
        }
        Decision next = local.decisions.lease(local.record, local.policy, false);
        RefusalReason reason = local.acting == OPEN ? RefusalReason.OPEN : RefusalReason.HALF_OPEN;
        ClaimPending waiting = new ClaimPending(reason, local.record.epoch());
        local.claim = next;
        local.claimWaiting = waiting;
        local.claiming(next);
        breaker.countRefusal(reason);
        outbox.send(next);
        return waiting;
    }

    private Permit beginLocalRound(Breaker breaker) {
        Round own = local.localRound();
        own.started();
        local.counters.probes.increment();
        return new ProbePermit(breaker, own, local.record.epoch());
    }

    Permit probe(Breaker breaker, ProbingGate seen, Round asked) {
        long now = local.nanos();
        if (asked.isOver(now)) {
            leaseEnded(asked, now);
            return seen.refuse();
        }
        if (!asked.hasRoom(local.policy, now)) {
            return seen.refuse();
        }
        asked.started();
        local.counters.probes.increment();
        return new ProbePermit(breaker, asked, local.record.epoch());
    }

    // A probe that never came back ends with its lease; this instance lets others go first.
    private void leaseEnded(Round ended, long now) {
        local.round = null;
        local.changed = true;
        if (ended.hasProbeInFlight()) {
            local.deadlines.handicap(local.deadlines.claimableNoSoonerThan(now) + local.handicapNanos);
        }
        if (ended.isLocal()) {
            local.act(OPEN);
        }
    }

    void settleProbe(Round of, ProbePermit.Result result, @Nullable Failure failure, Outbox outbox) {
        if (local.round != of || local.isIsolated()) {
            local.counters.lates.increment();
            return;
        }
        of.ended();
        switch (result) {
            case SUCCESS -> {
                local.counters.successes.increment();
                of.succeed();
                progressed(of, outbox);
            }
            case NEUTRAL -> {
                local.counters.neutrals.increment();
                of.proveNothing();
                progressed(of, outbox);
            }
            case FAILURE -> {
                local.counters.failures.increment();
                probeFailed(of, failure == null ? new Failure("no reason given") : failure, outbox);
            }
            case INCONCLUSIVE -> {
                local.counters.inconclusives.increment();
                giveBack(of, outbox);
            }
        }
    }

    private void progressed(Round of, Outbox outbox) {
        if (of.isEnough(local.policy)) {
            of.close();
            local.changed = true;
            String detail = of.succeeded() + " probes succeeded, " + of.neutral() + " proved nothing";
            if (of.isLocal()) {
                local.closeLocally();
            } else {
                local.owe(local.decisions.close(local.record, local.policy, Cause.PROBES_SUCCEEDED, detail), outbox);
            }
            return;
        }
        if (of.isLocal()) {
            of.renewed(local.nanos() + local.policy.lease().toNanos());
            return;
        }
        outbox.send(local.decisions.renew(local.record.fence(), local.policy, of));
    }

    private void probeFailed(Round of, Failure failure, Outbox outbox) {
        local.round = null;
        local.act(OPEN);
        if (of.isLocal()) {
            local.step++;
            local.localRounds++;
            int failedRounds = local.record.failedRounds() + local.localRounds;
            Duration lasts = local.decisions.localBreak(local.policy, failedRounds, failure.retryAfter());
            local.deadlines.claimAfter(local.nanos() + lasts.toNanos());
        } else {
            Decision.Reopen reopen = local.decisions.reopen(local.record, local.policy, failure);
            local.deadlines.claimAfter(local.nanos() + reopen.breakDuration().toNanos());
            local.owe(reopen, outbox);
        }
        local.deadlines.handicap(local.deadlines.claimableAt() + local.handicapNanos);
    }

    private void giveBack(Round of, Outbox outbox) {
        if (of.hasProbeInFlight() || of.isClosing()) {
            return;
        }
        local.round = null;
        local.changed = true;
        local.deadlines.handicap(local.nanos() + local.handicapNanos);
        if (of.isLocal()) {
            local.act(OPEN);
            local.step++;
            local.deadlines.claimAfter(local.nanos());
            return;
        }
        // Given up for good, even if the store never hears of it: then it runs out.
        local.ownLeaseToken = null;
        outbox.send(local.decisions.giveBack(local.record.fence()));
    }
}

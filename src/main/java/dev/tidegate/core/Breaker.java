package dev.tidegate.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One circuit on one instance: what callers pass, what the store's rows change, what goes to the store. Does no I/O and
 * starts no thread; the caller of {@link #adopt} and of the submitter's answers brings them in. Thread-safe: entering reads
 * one volatile field, settling a closed circuit's permit counts in its window, everything else takes one short lock.
 */
public final class Breaker {
    private final CircuitName name;
    private final String instance;
    private final Ticker ticker;
    private final Submitter submitter;
    private final CircuitListener listener;
    private final Counters counters = new Counters();
    private final Object lock = new Object();
    private final LocalCircuit local;
    private final Calls calls;
    private final News news;
    private volatile CircuitPolicy policy;
    private volatile Gate gate;
    // What callers would meet without operator or observing: what claims and probes compare themselves with.
    private volatile Gate automatic;
    private volatile Snapshot snapshot;

    /**
     * Begins CLOSED at epoch 0; the first {@link #adopt} brings the row.
     *
     * @param instance this instance's name
     * @param handicap how much longer this instance waits before it claims again after its own probe did not succeed: one
     *     poll interval
     * @param tokens yields a random token that no one else makes
     */
    public Breaker(
            CircuitName name,
            String instance,
            CircuitPolicy policy,
            Duration handicap,
            Ticker ticker,
            RandomGenerator random,
            Supplier<String> tokens,
            Submitter submitter,
            CircuitListener listener) {
        this.name = name;
        this.instance = instance;
        this.policy = policy;
        this.ticker = ticker;
        this.submitter = submitter;
        this.listener = listener;
        Decisions decisions = new Decisions(name, instance, tokens, random);
        this.local = new LocalCircuit(decisions, ticker, handicap, CircuitRecord.unread(name), policy, counters);
        this.calls = new Calls(local);
        this.news = new News(local);
        this.snapshot = local.snapshot();
        this.automatic = local.automaticGate(this);
        this.gate = local.gate(this, automatic);
    }

    public CircuitName name() {
        return name;
    }

    public CircuitPolicy policy() {
        return policy;
    }

    /**
     * Follows another policy from now on, without losing state or window. The break, the lease and the ramp-up that run
     * keep their ends; call timeout and lease stay as they are, since what was promised to the fleet counts on them.
     */
    public void follow(CircuitPolicy next) {
        change(effects -> {
            local.follow(next.withTimesOf(local.policy));
            policy = local.policy;
        });
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    public Counters counters() {
        return counters;
    }

    /** The window's figures; none while the circuit is not closed here. */
    public Counts counts() {
        Window window = gate.window();
        return window == null ? Counts.NONE : window.counts();
    }

    /** Failures in a row on this instance, up to the failure threshold. */
    public int consecutiveFailures() {
        Window window = gate.window();
        return window == null ? 0 : window.consecutiveFailures();
    }

    /** What callers meet now. */
    public EffectiveState state() {
        return snapshot.effectiveAt(ticker.nanos());
    }

    /**
     * Asks for a permit and never waits. The one caller whose asking started a claim gets a {@link ClaimPending}, may wait
     * for it, and ask again.
     */
    public Permit tryAcquire() {
        return gate.enter();
    }

    /**
     * Takes a row that was read.
     *
     * @param readStartedNanos the ticker before the read
     * @param answeredNanos the ticker after its answer
     */
    public void adopt(CircuitRecord row, Instant storeNow, long readStartedNanos, long answeredNanos) {
        change(effects -> {
            Decision written = news.heardFrom(row);
            if (written != null) {
                effects.add(() -> listener.committed(written, row));
            }
            news.adopt(row, storeNow, readStartedNanos, answeredNanos, submission(effects));
        });
    }

    /** The store was found away: from now on this instance decides alone, until the next {@link #adopt}. */
    public void storeAway() {
        change(effects -> news.storeAway());
    }

    Gate gate() {
        return gate;
    }

    long nanos() {
        return ticker.nanos();
    }

    long coarseNanos() {
        return ticker.coarseNanos();
    }

    void late() {
        counters.lates.increment();
    }

    /** Counts a refusal of the automatics: one that an operator or observing overrules refuses nobody. */
    void countRefusal(RefusalReason reason) {
        if (gate instanceof BypassedGate bypassed && !bypassed.isOver()) {
            counters.spared.increment();
        } else {
            counters.refuse(reason);
        }
    }

    void rampOver(Ramp over) {
        change(effects -> {
            if (local.ramp == over) {
                local.ramp = null;
                local.changed = true;
            }
        });
    }

    /** Whether a caller that asked now would probe, or begin to claim. Asking counts as nothing. */
    public boolean mayProbe() {
        synchronized (lock) {
            return local.mayProbe();
        }
    }

    /** How many calls the ramp-up after closing allows now, or {@code null} while nothing is limited. */
    public @Nullable RampLimit ramp() {
        long now = ticker.nanos();
        synchronized (lock) {
            Ramp rising = local.ramp;
            return rising == null || rising.isOver(now) || policy.isObserving() ? null : rising.limitAt(now);
        }
    }

    void trip(Window window, TripPolicy.Verdict verdict, Failure failure) {
        change(effects -> calls.trip(window, verdict, failure, submission(effects)));
    }

    Permit claim(RefusingGate seen) {
        Permit[] answer = new Permit[1];
        change(effects -> {
            if (automatic == seen) {
                answer[0] = calls.claim(this, seen, submission(effects));
            }
        });
        return answer[0] != null ? answer[0] : reenter(seen);
    }

    Permit probe(ProbingGate seen, Round round) {
        Permit[] answer = new Permit[1];
        change(effects -> {
            if (automatic == seen) {
                answer[0] = calls.probe(this, seen, round);
            }
        });
        return answer[0] != null ? answer[0] : reenter(seen);
    }

    // The gate changed between the read and the lock: whoever changed it made progress, so this ends.
    private Permit reenter(Gate seen) {
        Gate now = automatic;
        return now == seen && seen instanceof Permit refusal ? refusal : now.enter();
    }

    void settleProbe(Round round, ProbePermit.Result result, @Nullable Failure failure) {
        change(effects -> calls.settleProbe(round, result, failure, submission(effects)));
    }

    /** What this instance counted in the current epoch, or {@code null} while it counts nothing. */
    public @Nullable Tally tally() {
        synchronized (lock) {
            boolean isCounting = local.acting == AutomaticState.CLOSED && local.record.state() == AutomaticState.CLOSED;
            return isCounting ? new Tally(name, instance, local.record.epoch(), local.window.counts()) : null;
        }
    }

    /** Judges what this instance counted together with what others did; tallies of other epochs do not count. */
    public void countedElsewhere(List<Tally> others) {
        change(effects -> calls.countedElsewhere(others, submission(effects)));
    }

    private Outbox submission(Effects effects) {
        return decision -> {
            long sentNanos = ticker.nanos();
            effects.add(() -> submitter.submit(decision, answer -> answered(decision, sentNanos, answer)));
        };
    }

    private void answered(Decision decision, long sentNanos, Submission answer) {
        change(effects -> {
            ClaimPending waiting = news.answered(decision, sentNanos, answer, submission(effects));
            if (answer instanceof Submission.Applied applied) {
                effects.add(() -> listener.committed(decision, applied.row()));
            }
            if (waiting != null) {
                effects.addLast(waiting::answer);
            }
        });
    }

    private interface Step {
        void run(Effects effects);
    }

    private void change(Step step) {
        Effects effects = new Effects();
        synchronized (lock) {
            step.run(effects);
            publish(effects);
        }
        effects.run();
    }

    private void publish(Effects effects) {
        Snapshot before = snapshot;
        if (!local.takeChanged()) {
            return;
        }
        Snapshot after = local.snapshot();
        snapshot = after;
        automatic = local.automaticGate(this);
        gate = local.gate(this, automatic);
        effects.add(() -> listener.changed(before, after));
    }
}

package dev.tidegate.guard;

import dev.tidegate.core.Breaker;
import dev.tidegate.core.CircuitListener;
import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.ClaimPending;
import dev.tidegate.core.Counters;
import dev.tidegate.core.Counts;
import dev.tidegate.core.Decision;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.core.Permit;
import dev.tidegate.core.RampLimit;
import dev.tidegate.core.Snapshot;
import dev.tidegate.core.Submitter;
import dev.tidegate.core.Subscription;
import dev.tidegate.core.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One circuit of the registry: a breaker, the calls made through it, and who wants its news. Thread-safe. */
final class FleetCircuit implements Circuit, CircuitListener {
    private static final System.Logger LOG = System.getLogger(FleetCircuit.class.getName());

    private final CircuitKind kind;
    private final Classification classification;
    private final Meaning meaning;
    private final Duration storeTimeout;
    private final Ticker ticker;
    private final CircuitEvents events;
    private final Executor callers;
    private final Object telling = new Object();
    private final Breaker breaker;
    private final List<Consumer<Snapshot>> listeners = new CopyOnWriteArrayList<>();
    private CircuitRecord told;

    FleetCircuit(
            CircuitName name,
            CircuitDefinition definition,
            String instance,
            Duration handicap,
            Duration storeTimeout,
            Ticker ticker,
            RandomGenerator random,
            Supplier<String> tokens,
            Submitter submitter,
            CircuitEvents events,
            Executor callers) {
        this.kind = definition.kind();
        this.classification = definition.classification();
        this.meaning = Meaning.of(classification);
        this.storeTimeout = storeTimeout;
        this.ticker = ticker;
        this.events = events;
        this.callers = callers;
        this.breaker =
                new Breaker(name, instance, definition.policy(), handicap, ticker, random, tokens, submitter, this);
        this.told = breaker.snapshot().record();
    }

    void follow(CircuitPolicy changed) {
        if (!changed.withTimesOf(breaker.policy()).equals(breaker.policy())) {
            breaker.follow(changed);
        }
    }

    Classification classification() {
        return classification;
    }

    Breaker breaker() {
        return breaker;
    }

    @Override
    public CircuitName name() {
        return breaker.name();
    }

    @Override
    public CircuitKind kind() {
        return kind;
    }

    @Override
    public CircuitPolicy policy() {
        return breaker.policy();
    }

    @Override
    public EffectiveState state() {
        return breaker.state();
    }

    @Override
    public boolean mayProbe() {
        return breaker.mayProbe();
    }

    @Override
    public @Nullable RampLimit ramp() {
        return breaker.ramp();
    }

    @Override
    public Snapshot snapshot() {
        return breaker.snapshot();
    }

    @Override
    public Counters counters() {
        return breaker.counters();
    }

    @Override
    public Counts window() {
        return breaker.counts();
    }

    @Override
    public int consecutiveFailures() {
        return breaker.consecutiveFailures();
    }

    @Override
    public Permit tryAcquire() {
        return breaker.tryAcquire();
    }

    @Override
    public Permit acquire() {
        Permit permit = breaker.tryAcquire();
        if (permit instanceof ClaimPending claim) {
            return isAnswered(claim) ? breaker.tryAcquire() : claim;
        }
        return permit;
    }

    private boolean isAnswered(ClaimPending claim) {
        try {
            claim.answered().toCompletableFuture().get(storeTimeout.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException storeIsSlow) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a bug: the answer of a claim never fails", e);
        }
    }

    @Override
    public CompletionStage<Permit> acquireAsync() {
        Permit permit = breaker.tryAcquire();
        if (permit instanceof ClaimPending claim) {
            return claim.answered().thenApplyAsync(answered -> breaker.tryAcquire(), this::onCallersThread);
        }
        return CompletableFuture.completedStage(permit);
    }

    private void onCallersThread(Runnable task) {
        try {
            callers.execute(task);
        } catch (RejectedExecutionException full) {
            task.run();
        }
    }

    @Override
    public CallOutcome outcomeOf(Throwable error) {
        return classification.of(error);
    }

    @Override
    public <T> T call(Callable<T> call) throws Exception {
        return GuardedCall.make(this, meaning, call);
    }

    @Override
    public <T> T call(Callable<T> call, ResultClassifier results) throws Exception {
        return GuardedCall.make(this, new Meaning(classification, results), call);
    }

    @Override
    public <T> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call) {
        return GuardedCall.makeAsync(this, meaning, call);
    }

    @Override
    public Ticker ticker() {
        return ticker;
    }

    @Override
    public Subscription onChange(Consumer<Snapshot> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void changed(Snapshot before, Snapshot after) {
        for (Consumer<Snapshot> listener : listeners) {
            // What holds now, not what held then: news of two threads may overtake each other.
            tell(listener, breaker.snapshot());
        }
        synchronized (telling) {
            CircuitRecord was = told;
            CircuitRecord is = after.record();
            boolean isNewer = is.epoch() > was.epoch() || (is.epoch() == was.epoch() && is.version() > was.version());
            if (isNewer) {
                told = is;
                tellObservers(was, is);
            }
        }
    }

    private void tellObservers(CircuitRecord was, CircuitRecord is) {
        // The first row of a running circuit is where this instance comes in, not an edge that it saw.
        boolean isFirstRow = was.version() < 0 && is.epoch() > 1;
        if (is.epoch() > was.epoch() && !isFirstRow) {
            events.tell(new CircuitTransitioned(
                    is.name(),
                    was.state(),
                    is.state(),
                    is.cause(),
                    is.detail(),
                    is.epoch(),
                    is.version(),
                    is.since(),
                    is.writer()));
        }
        if (!Objects.equals(was.override(), is.override())) {
            events.tell(new OverrideChanged(is.name(), was.override(), is.override(), is.version()));
        }
    }

    private void tell(Consumer<Snapshot> listener, Snapshot snapshot) {
        try {
            listener.accept(snapshot);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a listener of circuit " + name() + " failed; the circuit goes on", e);
        }
    }

    @Override
    public void committed(Decision decision, CircuitRecord row) {
        TransitionLog.committed(decision, row);
    }
}

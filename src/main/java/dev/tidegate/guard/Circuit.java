package dev.tidegate.guard;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.Counters;
import dev.tidegate.core.Counts;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.core.Permit;
import dev.tidegate.core.RampLimit;
import dev.tidegate.core.Snapshot;
import dev.tidegate.core.Subscription;
import dev.tidegate.core.Ticker;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One named breaker, shared by every instance of the fleet. Safe for use by many threads. */
public interface Circuit {
    CircuitName name();

    CircuitKind kind();

    CircuitPolicy policy();

    /** What callers meet now: the override if there is one, else the automatic state. */
    EffectiveState state();

    /**
     * Whether all calls pass now, but for a ramp-up: it is closed, or held closed by an operator, or observes only and is not
     * isolated.
     */
    default boolean isPassing() {
        EffectiveState now = state();
        return now == EffectiveState.CLOSED
                || now == EffectiveState.BYPASSED
                || (policy().isObserving() && now != EffectiveState.ISOLATED);
    }

    /** Whether a caller that asked now would probe, or begin to: the break or a lease is over, or the own lease has room. */
    boolean mayProbe();

    /** How many calls the ramp-up after closing allows now on this instance, or {@code null} while nothing is limited. */
    @Nullable
    RampLimit ramp();

    Snapshot snapshot();

    Counters counters();

    /** The window's figures on this instance; none while the circuit is not closed. */
    Counts window();

    /** Failures in a row on this instance, up to the failure threshold. */
    int consecutiveFailures();

    /**
     * Asks for a permit. Waits only when this very call starts a claim, and then at most the store timeout (250 ms by
     * default). A granted permit must be settled exactly once.
     */
    Permit acquire();

    /** Like {@link #acquire()}, but never waits: where a claim is due it is started, and its win is news by {@link #onChange}. */
    Permit tryAcquire();

    /** Like {@link #acquire()}, but holds no thread while a claim is on its way. Never completes exceptionally. */
    CompletionStage<Permit> acquireAsync();

    /** What an exception means for this circuit, as its configuration says. */
    CallOutcome outcomeOf(Throwable error);

    /**
     * Makes a guarded call and counts its outcome: a return is a success, an exception what the configuration says, a
     * failure by default.
     *
     * @throws CircuitOpenException if the call was refused
     * @throws Exception what the call threw
     */
    <T> T call(Callable<T> call) throws Exception;

    /** Like {@link #call(Callable)}, where the result says itself what it means. */
    <T> T call(Callable<T> call, ResultClassifier results) throws Exception;

    /** Like {@link #call(Callable)} for a call that answers later; a refusal completes the stage with {@link CircuitOpenException}. */
    <T> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call);

    /** What a timed permit's nanoseconds are measured with. */
    Ticker ticker();

    /** Is told of each new snapshot, in no thread in particular; must return soon. */
    Subscription onChange(Consumer<Snapshot> listener);
}

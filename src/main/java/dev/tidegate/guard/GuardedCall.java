package dev.tidegate.guard;

import dev.tidegate.core.Failure;
import dev.tidegate.core.Permit;
import dev.tidegate.core.Ticker;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call under its permit: settles the permit exactly once, whatever the call does, and times it only where time matters. */
final class GuardedCall {
    private final Permit.Granted permit;
    private final Meaning meaning;
    private final Ticker ticker;
    private final long startedNanos;

    private GuardedCall(Permit.Granted permit, Meaning meaning, Ticker ticker) {
        this.permit = permit;
        this.meaning = meaning;
        this.ticker = ticker;
        this.startedNanos = begun(permit, ticker);
    }

    /** The call itself, told with what: so that it can be one object for all calls. */
    @FunctionalInterface
    interface Made<C, T> {
        T with(C what) throws Exception;
    }

    static <T> T make(Circuit circuit, Meaning meaning, Callable<T> call) throws Exception {
        return make(circuit, meaning, Callable::call, call);
    }

    /** Makes no object of the call: only one that is answered later needs to be remembered. */
    static <C, T> T make(Circuit circuit, Meaning meaning, Made<C, T> call, C what) throws Exception {
        Permit permit = circuit.acquire();
        if (!(permit instanceof Permit.Granted granted)) {
            throw refusal(circuit, permit);
        }
        Ticker ticker = circuit.ticker();
        long startedNanos = begun(granted, ticker);
        T result;
        try {
            result = call.with(what);
        } catch (Throwable error) {
            threw(granted, meaning, ticker, startedNanos, error);
            throw error;
        }
        returned(granted, meaning, ticker, startedNanos, result);
        return result;
    }

    static <T> CompletionStage<T> makeAsync(
            Circuit circuit, Meaning meaning, Supplier<? extends CompletionStage<T>> call) {
        return circuit.acquireAsync().thenCompose(permit -> {
            if (!(permit instanceof Permit.Granted granted)) {
                return CompletableFuture.failedStage(refusal(circuit, permit));
            }
            return begin(circuit, granted, meaning).stageOf(call);
        });
    }

    static GuardedCall begin(Circuit circuit, Permit.Granted permit, Meaning meaning) {
        return new GuardedCall(permit, meaning, circuit.ticker());
    }

    private <T> CompletionStage<T> stageOf(Supplier<? extends CompletionStage<T>> call) {
        CompletionStage<T> stage;
        try {
            stage = Objects.requireNonNull(call.get(), "the guarded call returned no stage");
        } catch (Throwable error) {
            threw(error);
            throw error;
        }
        return settledBy(stage);
    }

    <T> CompletionStage<T> settledBy(CompletionStage<T> stage) {
        return stage.whenComplete((result, error) -> {
            if (error == null) {
                returned(result);
            } else {
                threw(error);
            }
        });
    }

    void returned(@Nullable Object result) {
        returned(permit, meaning, ticker, startedNanos, result);
    }

    void threw(Throwable error) {
        threw(permit, meaning, ticker, startedNanos, error);
    }

    private static void returned(
            Permit.Granted permit, Meaning meaning, Ticker ticker, long startedNanos, @Nullable Object result) {
        switch (meaning.ofResult(result)) {
            case SUCCESS -> succeeded(permit, ticker, startedNanos);
            case NEUTRAL -> permit.neutral();
            case FAILURE -> failed(permit, ticker, startedNanos, new Failure("what it returned counts as a failure"));
        }
    }

    private static void threw(
            Permit.Granted permit, Meaning meaning, Ticker ticker, long startedNanos, Throwable error) {
        Throwable told = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        switch (meaning.exceptions().of(told)) {
            case SUCCESS -> succeeded(permit, ticker, startedNanos);
            case NEUTRAL -> permit.neutral();
            case FAILURE -> failed(permit, ticker, startedNanos, Failure.of(told));
        }
    }

    private static void succeeded(Permit.Granted permit, Ticker ticker, long startedNanos) {
        if (permit.isTimed()) {
            permit.success(took(ticker, startedNanos));
        } else {
            permit.success();
        }
    }

    private static void failed(Permit.Granted permit, Ticker ticker, long startedNanos, Failure failure) {
        if (permit.isTimed()) {
            permit.failure(failure, took(ticker, startedNanos));
        } else {
            permit.failure(failure);
        }
    }

    private static long begun(Permit.Granted permit, Ticker ticker) {
        return permit.isTimed() ? ticker.nanos() : 0;
    }

    // Calls that began before calls were timed have no beginning: they took no time.
    private static long took(Ticker ticker, long startedNanos) {
        return startedNanos == 0 ? 0 : ticker.nanos() - startedNanos;
    }

    static CircuitOpenException refusal(Circuit circuit, Permit permit) {
        if (permit instanceof Permit.Refused refused) {
            return new CircuitOpenException(circuit.name(), refused);
        }
        throw new IllegalStateException("a bug: the permit is neither granted nor refused: " + permit);
    }
}

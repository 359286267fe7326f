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
        this.startedNanos = permit.isTimed() ? ticker.nanos() : 0;
    }

    static <T> T make(Circuit circuit, Meaning meaning, Callable<T> call) throws Exception {
        Permit permit = circuit.acquire();
        if (!(permit instanceof Permit.Granted granted)) {
            throw refusal(circuit, permit);
        }
        GuardedCall begun = begin(circuit, granted, meaning);
        T result;
        try {
            result = call.call();
        } catch (Throwable error) {
            begun.threw(error);
            throw error;
        }
        begun.returned(result);
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
        switch (meaning.ofResult(result)) {
            case SUCCESS -> succeeded();
            case NEUTRAL -> permit.neutral();
            case FAILURE -> failed(new Failure("what it returned counts as a failure"));
        }
    }

    void threw(Throwable error) {
        Throwable told = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        switch (meaning.exceptions().of(told)) {
            case SUCCESS -> succeeded();
            case NEUTRAL -> permit.neutral();
            case FAILURE -> failed(Failure.of(told));
        }
    }

    private void succeeded() {
        if (permit.isTimed()) {
            permit.success(nanos());
        } else {
            permit.success();
        }
    }

    private void failed(Failure failure) {
        if (permit.isTimed()) {
            permit.failure(failure, nanos());
        } else {
            permit.failure(failure);
        }
    }

    // Calls that began before calls were timed have no beginning: they took no time.
    private long nanos() {
        return startedNanos == 0 ? 0 : ticker.nanos() - startedNanos;
    }

    static CircuitOpenException refusal(Circuit circuit, Permit permit) {
        if (permit instanceof Permit.Refused refused) {
            return new CircuitOpenException(circuit.name(), refused);
        }
        throw new IllegalStateException("a bug: the permit is neither granted nor refused: " + permit);
    }
}

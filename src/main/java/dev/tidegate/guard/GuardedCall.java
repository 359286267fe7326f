package dev.tidegate.guard;

import dev.tidegate.core.Failure;
import dev.tidegate.core.Permit;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Makes one call under a permit and settles the permit exactly once, whatever the call does. */
final class GuardedCall {
    private GuardedCall() {}

    static <T> T make(Circuit circuit, Classification classification, Callable<T> call) throws Exception {
        Permit permit = circuit.acquire();
        if (!(permit instanceof Permit.Granted granted)) {
            throw refusal(circuit, permit);
        }
        T result;
        try {
            result = call.call();
        } catch (Throwable error) {
            settle(granted, classification, error);
            throw error;
        }
        granted.success();
        return result;
    }

    static <T> CompletionStage<T> makeAsync(
            Circuit circuit, Classification classification, Supplier<? extends CompletionStage<T>> call) {
        return circuit.acquireAsync().thenCompose(permit -> {
            if (!(permit instanceof Permit.Granted granted)) {
                return CompletableFuture.failedStage(refusal(circuit, permit));
            }
            return begun(granted, classification, call);
        });
    }

    private static <T> CompletionStage<T> begun(
            Permit.Granted granted, Classification classification, Supplier<? extends CompletionStage<T>> call) {
        CompletionStage<T> stage;
        try {
            stage = Objects.requireNonNull(call.get(), "the guarded call returned no stage");
        } catch (Throwable error) {
            settle(granted, classification, error);
            throw error;
        }
        return settledBy(granted, classification, stage);
    }

    static <T> CompletionStage<T> settledBy(
            Permit.Granted granted, Classification classification, CompletionStage<T> stage) {
        return stage.whenComplete((result, error) -> {
            if (error == null) {
                granted.success();
            } else {
                settle(granted, classification, error);
            }
        });
    }

    static void settle(Permit.Granted granted, Classification classification, Throwable error) {
        Throwable told = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        switch (classification.of(told)) {
            case SUCCESS -> granted.success();
            case NEUTRAL -> granted.neutral();
            case FAILURE -> granted.failure(Failure.of(told));
        }
    }

    static CircuitOpenException refusal(Circuit circuit, Permit permit) {
        if (permit instanceof Permit.Refused refused) {
            return new CircuitOpenException(circuit.name(), refused);
        }
        throw new IllegalStateException("a bug: the permit is neither granted nor refused: " + permit);
    }
}

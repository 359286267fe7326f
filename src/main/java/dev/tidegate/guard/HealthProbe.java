package dev.tidegate.guard;

import java.util.concurrent.CompletionStage;

/**
 * Asks a dependency whether it is well, for a circuit that nobody calls just now; a CDI bean with a name, which {@code
 * tidegate.circuit.<x>.health-probe} tells. Must not block.
 */
@FunctionalInterface
public interface HealthProbe {
    /** False and an exception both mean that it is not well. */
    CompletionStage<Boolean> isHealthy();
}

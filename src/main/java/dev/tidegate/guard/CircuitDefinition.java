package dev.tidegate.guard;

import dev.tidegate.core.CircuitPolicy;

/**
 * What the configuration says of one circuit.
 *
 * @param classification what exceptions of its guarded calls mean, where the call says nothing itself
 */
public record CircuitDefinition(CircuitKind kind, CircuitPolicy policy, Classification classification) {
    /** Every exception is a failure. */
    public CircuitDefinition(CircuitKind kind, CircuitPolicy policy) {
        this(kind, policy, Classification.EVERY_EXCEPTION_FAILS);
    }
}

package dev.tidegate.store;

import dev.tidegate.core.CircuitName;

/** A decision about a circuit that has no row: created rows are never deleted, so somebody tampered or never created it. */
final class MissingCircuit {
    private MissingCircuit() {}

    static IllegalStateException error(CircuitName circuit) {
        return new IllegalStateException(
                "Circuit " + circuit + " has no row in the store: it must be created before it is"
                        + " used (CircuitStore.create), and rows are never deleted");
    }
}

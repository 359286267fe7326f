package dev.tidegate.wiring;

import dev.tidegate.guard.CircuitKind;
import java.time.Duration;

/**
 * Who calls through a circuit.
 *
 * @param callTimeout the longest call of all that share it
 */
record CircuitOwner(CircuitKind kind, Duration callTimeout) {
    /** Drainers may share a circuit: the longest call decides. */
    CircuitOwner with(CircuitOwner other) {
        return other.callTimeout.compareTo(callTimeout) > 0 ? new CircuitOwner(kind, other.callTimeout) : this;
    }
}

package dev.tidegate.wiring;

import dev.tidegate.guard.CircuitKind;
import java.time.Duration;

/**
 * Who calls through a circuit.
 *
 * @param callTimeout the longest call of all that share it
 * @param concurrency calls in flight of all that share it, or 0 where the owner has no limit of its own
 */
record CircuitOwner(CircuitKind kind, Duration callTimeout, int concurrency) {
    /** Drainers may share a circuit: the longest call decides, and their calls add up. */
    CircuitOwner with(CircuitOwner other) {
        Duration longest = other.callTimeout.compareTo(callTimeout) > 0 ? other.callTimeout : callTimeout;
        return new CircuitOwner(kind, longest, concurrency + other.concurrency);
    }
}

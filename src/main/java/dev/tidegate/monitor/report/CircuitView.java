package dev.tidegate.monitor.report;

import dev.tidegate.core.Counts;
import dev.tidegate.core.Snapshot;
import dev.tidegate.guard.Circuit;

/**
 * One circuit as one instance sees it.
 *
 * @param state the effective state there
 * @param pending whether that instance decided something that the store has not confirmed yet
 * @param policyHash the same on two instances that give the circuit the same policy
 */
public record CircuitView(
        String name, String state, boolean pending, long version, long epoch, WindowView window, String policyHash) {

    /** The circuit at this moment. */
    public static CircuitView of(Circuit circuit) {
        Snapshot snapshot = circuit.snapshot();
        Counts counts = circuit.window();
        return new CircuitView(
                circuit.name().value(),
                circuit.state().name(),
                snapshot.pending(),
                snapshot.record().version(),
                snapshot.record().epoch(),
                new WindowView(counts.calls(), counts.failures(), counts.slow(), circuit.consecutiveFailures()),
                // Of the text, not of the record: only a string's hash is the same in every JVM.
                Integer.toHexString(circuit.policy().toString().hashCode()));
    }
}

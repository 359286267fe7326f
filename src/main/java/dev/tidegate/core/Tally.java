package dev.tidegate.core;

/**
 * What one instance counted of one circuit.
 *
 * @param epoch the circuit's epoch in which it was counted; tallies of another epoch say nothing
 * @param counts the figures of that instance's window
 */
public record Tally(CircuitName circuit, String instance, long epoch, Counts counts) {
    public Tally {
        if (epoch < 0) {
            throw new IllegalArgumentException("an epoch is never negative, got " + epoch + " for circuit " + circuit);
        }
    }
}

package dev.tidegate.core;

/**
 * Is told what happened to one circuit on this instance. Calls come from whatever thread made the change, after the change
 * is in force and outside every lock; they must return soon. What a listener throws is the caller's to contain.
 */
public interface CircuitListener {
    /** The snapshot was replaced. */
    void changed(Snapshot before, Snapshot after);

    /** A decision of this instance is durable: its writer tells of it, and nobody else. */
    void committed(Decision decision, CircuitRecord row);
}

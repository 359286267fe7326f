package dev.tidegate.core;

import org.jspecify.annotations.Nullable;

/** What the protocol says to a decision on the row that was read: write exactly this, or the decision is lost. */
public sealed interface Ruling {
    /**
     * The guard holds.
     *
     * @param row the row to write, at the read row's version + 1
     * @param entry the history entry to insert in the same transaction, or {@code null} for a change of the lease
     */
    record Write(CircuitRecord row, @Nullable HistoryEntry entry) implements Ruling {}

    /**
     * The guard is false: nothing may be written.
     *
     * @param why for people
     */
    record Lost(String why) implements Ruling {}
}

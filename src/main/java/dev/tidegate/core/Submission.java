package dev.tidegate.core;

import java.time.Instant;

/** What became of a submitted decision, after everything that the rules allow was tried. */
public sealed interface Submission {
    /**
     * It is written. The row may have moved on since: what it gives a right to holds only while the row still carries its
     * token.
     */
    record Applied(CircuitRecord row, Instant storeNow, long answeredNanos) implements Submission {}

    /** Something else was written first, or the guard is false: adopt the row, do nothing else. */
    record Lost(CircuitRecord row, Instant storeNow, long answeredNanos, String why) implements Submission {}

    /** Not settled in the allowed number of tries, though the store answers: the poll takes over. */
    record Deferred() implements Submission {}

    /** The store is away. */
    record Away() implements Submission {}
}

package dev.tidegate.core;

import java.time.Instant;

/** What became of one attempt to write a decision. */
public sealed interface WriteResult {
    /** Durable. {@code storeNow} is the time that the transaction used. */
    record Committed(CircuitRecord row, Instant storeNow) implements WriteResult {}

    /** The guard was false on the row that the transaction read; nothing was written. */
    record Lost(CircuitRecord row, Instant storeNow, String why) implements WriteResult {}

    /** The row moved between read and write, or the database chose a victim; nothing was written. Try the same again. */
    record Conflict(String why) implements WriteResult {}

    /** The answer never came: it may be written or not. The history tells. */
    record Unknown(Exception error) implements WriteResult {}
}

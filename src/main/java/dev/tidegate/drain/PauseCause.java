package dev.tidegate.drain;

/** Why a partition, or a whole drainer, is paused. A partition is resumed only when no cause is left. */
public enum PauseCause {
    /** The downstream's circuit gives no permit. */
    CIRCUIT,
    /** The output's circuit is open or its topic missing: results are held. */
    OUTPUT,
    /** An operator wished it. */
    OPERATOR,
    /** Enough records wait or are unsettled. */
    BACKPRESSURE,
    /** The dead-letter topic does not take records. */
    DEAD_LETTER,
    /** A batch cannot be read. */
    CORRUPT
}

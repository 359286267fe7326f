package dev.tidegate.core;

/** What the automatics decided, beside any operator's override. */
public enum AutomaticState {
    /** Calls pass and are counted. */
    CLOSED,
    /** Calls are refused until the break is over. */
    OPEN,
    /** One instance holds the lease and probes; all other calls are refused. */
    HALF_OPEN
}

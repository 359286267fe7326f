package dev.tidegate.core;

/** One instance's rolling counts of calls in the current epoch. Safe for use by many threads. */
interface Window {
    /** Counts a success; takes no lock and allocates nothing but one bucket a period. */
    void success();

    /** Counts a failure. */
    void failure();

    /** The figures of the last sampling duration, to one bucket's accuracy. */
    Counts counts();

    /** Failures in a row, without a success between them, that are no older than the sampling duration. */
    int consecutiveFailures();
}

package dev.tidegate.core;

/** One instance's rolling counts of calls in the current epoch. Safe for use by many threads. */
interface Window {
    /** The window that the policy asks for, empty. */
    static Window of(CircuitPolicy policy, Ticker ticker) {
        Integer calls = policy.samplingCalls();
        FailureRun run = new FailureRun(policy.failureThreshold(), policy.samplingDuration());
        return calls == null
                ? new TimeWindow(ticker, policy.samplingDuration(), run)
                : new CountWindow(ticker, calls, run);
    }

    /** Counts a success; takes no lock and allocates nothing but one bucket a period. */
    void success();

    /** Counts a success that took too long. */
    void slowSuccess();

    /** Counts a failure. */
    void failure();

    /** Counts a failure that took too long as well. */
    void slowFailure();

    /** The figures of the last sampling duration, to one bucket's accuracy, or of the last calls. */
    Counts counts();

    /** Failures in a row, without a success between them, that are no older than the sampling duration. */
    int consecutiveFailures();
}

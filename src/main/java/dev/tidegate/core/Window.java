package dev.tidegate.core;

/** One instance's rolling counts of calls in the current epoch. Safe for use by many threads. */
interface Window {
    /** The window that the policy asks for, empty. */
    static Window of(CircuitPolicy policy, Ticker ticker) {
        return of(policy, ticker, new Object(), new FailureRun(policy.failureThreshold(), policy.samplingDuration()));
    }

    private static Window of(CircuitPolicy policy, Ticker ticker, Object lineage, FailureRun run) {
        Integer calls = policy.samplingCalls();
        return calls == null
                ? new TimeWindow(ticker, policy.samplingDuration(), run, lineage)
                : new CountWindow(ticker, calls, run, lineage);
    }

    /**
     * The window that another policy asks for, with what this one holds and the other can hold; a call that is counted in
     * the very moment may be missed.
     */
    default Window reshaped(CircuitPolicy policy, Ticker ticker) {
        FailureRun run = run().resized(policy.failureThreshold(), policy.samplingDuration());
        Window next = of(policy, ticker, lineage(), run);
        pourInto((kind, times, ageNanos) -> next.add(kind, times, ageNanos));
        return next;
    }

    /** What a window holds, oldest first. */
    interface Pouring {
        /** @param ageNanos how long ago, 0 where that is not known */
        void pour(CallKind kind, long times, long ageNanos);
    }

    void pourInto(Pouring other);

    /** Takes what another window held; leaves the run of failures as it is. */
    void add(CallKind kind, long times, long ageNanos);

    FailureRun run();

    /** The same object for a window and those it was reshaped into: what fences permits across changes of the policy. */
    Object lineage();

    /** Counts a success; takes no lock and allocates nothing but one bucket a period. */
    void success();

    /** Counts a success that took too long. */
    void slowSuccess();

    /** Counts a failure, and returns the failures in a row that it makes. */
    int failure();

    /** Counts a failure that took too long as well, and returns the failures in a row that it makes. */
    int slowFailure();

    /**
     * The figures of the last sampling duration, to one bucket's accuracy, or of the last calls. A call that is being counted
     * may be in the calls already and in no other figure yet, never the other way round: no ratio is told that was not reached.
     */
    Counts counts();

    /** Failures in a row, without a success between them, that are no older than the sampling duration. */
    int consecutiveFailures();
}

package dev.tidegate.core;

/**
 * The probes of one half-open round under one lease of this instance. Guarded by the breaker's lock; its identity is the
 * fence of its permits.
 */
final class Round {
    private boolean local;
    private long leaseDeadlineNanos;
    private int inFlight;
    private int succeeded;
    private int neutral;
    private boolean closing;

    /**
     * @param local whether the store was away, so that nobody else knows of this round
     * @param leaseDeadlineNanos ticker reading after which no probe may still run
     */
    Round(boolean local, long leaseDeadlineNanos) {
        this.local = local;
        this.leaseDeadlineNanos = leaseDeadlineNanos;
    }

    boolean isLocal() {
        return local;
    }

    boolean hasRoom(CircuitPolicy policy, long nanos) {
        long latestStart = leaseDeadlineNanos - policy.callTimeout().toNanos();
        return !closing && inFlight < policy.probes() && nanos - latestStart <= 0;
    }

    boolean isOver(long nanos) {
        return nanos - leaseDeadlineNanos >= 0;
    }

    boolean hasProbeInFlight() {
        return inFlight > 0;
    }

    void started() {
        inFlight++;
    }

    void ended() {
        inFlight--;
    }

    void succeed() {
        succeeded++;
    }

    void proveNothing() {
        neutral++;
    }

    boolean isEnough(CircuitPolicy policy) {
        return succeeded >= policy.successesToClose() || neutral >= policy.neutralToClose();
    }

    /** Whether enough probes succeeded, so that only the store's answer is awaited. */
    boolean isClosing() {
        return closing;
    }

    void close() {
        closing = true;
    }

    /** Of several renewals on their way the answers may overtake each other: the latest that was sent holds. */
    void renewed(long deadlineNanos) {
        leaseDeadlineNanos = deadlineNanos - leaseDeadlineNanos > 0 ? deadlineNanos : leaseDeadlineNanos;
    }

    /** The store went away and the lease could not be renewed: from here on nobody else knows of this round. */
    void goOnLocally(long deadlineNanos) {
        local = true;
        leaseDeadlineNanos = deadlineNanos;
    }

    int succeeded() {
        return succeeded;
    }

    int neutral() {
        return neutral;
    }
}

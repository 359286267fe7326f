package dev.tidegate.monitor.report;

/** A window's figures; all zero while the circuit is not closed. */
public record WindowView(long calls, long failures, long slow, int consecutiveFailures) {
    public static final WindowView EMPTY = new WindowView(0, 0, 0, 0);

    /** The figures of both: counts are added, of the failures in a row, which belong to one instance, the larger is kept. */
    public WindowView plus(WindowView other) {
        return new WindowView(
                calls + other.calls,
                failures + other.failures,
                slow + other.slow,
                Math.max(consecutiveFailures, other.consecutiveFailures));
    }

    /** Failures per call, 0 to 1; 0 without calls. */
    public double failureRatio() {
        return calls == 0 ? 0 : (double) failures / calls;
    }
}

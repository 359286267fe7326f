package dev.tidegate.core;

/** Figures of a window: how many calls it holds, and how many of those failed or were slow. */
public record Counts(long calls, long failures, long slow) {
    public static final Counts NONE = new Counts(0, 0, 0);

    public Counts {
        if (calls < 0 || failures < 0 || slow < 0) {
            throw new IllegalArgumentException("counts are never negative: " + calls + "/" + failures + "/" + slow);
        }
    }

    /** Failures per call, 0 to 1; 0 without calls. */
    public double failureRatio() {
        return calls == 0 ? 0 : (double) failures / calls;
    }

    /** Slow calls per call, 0 to 1; 0 without calls. */
    public double slowRatio() {
        return calls == 0 ? 0 : (double) slow / calls;
    }

    /** The figures of both. */
    public Counts plus(Counts other) {
        return new Counts(calls + other.calls, failures + other.failures, slow + other.slow);
    }
}

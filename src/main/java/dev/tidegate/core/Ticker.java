package dev.tidegate.core;

/**
 * Local monotonic time. Readings only mean something as differences ({@code later - earlier}), never compared with
 * {@code <}, since they may overflow. Safe for use by many threads.
 */
@FunctionalInterface
public interface Ticker {
    /** Nanoseconds since an arbitrary moment of this process. */
    long nanos();

    /** The same, but maybe as it was a few hundredths of a second ago: for what need not know it better, and often asks. */
    default long coarseNanos() {
        return nanos();
    }
}

package dev.tidegate.core;

/**
 * Local monotonic time. Readings only mean something as differences ({@code later - earlier}), never compared with
 * {@code <}, since they may overflow. Safe for use by many threads.
 */
@FunctionalInterface
public interface Ticker {
    /** Nanoseconds since an arbitrary moment of this process. */
    long nanos();
}

package dev.tidegate.monitor;

import java.time.Instant;

/** What is known of the store without asking it. Answers at once, from memory. Thread-safe. */
public interface StoreWatch {
    /** Whether the latest read or write was answered. False before the first. */
    boolean isReachable();

    /** How often it went away since the start. */
    long outages();

    /**
     * The store's time as far as this instance knows it: the latest that the store told, carried on by the local ticker. For
     * people who look at a countdown; never compared with a stored time to decide anything.
     */
    Instant now();
}

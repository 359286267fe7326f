package dev.tidegate.store;

import java.time.Duration;

/**
 * How this instance deals with the store.
 *
 * @param pollInterval between two reads of all records
 * @param timeout the longest a guarded call waits for the store, and only a claim waits at all
 * @param isPushed whether the store's own notifications are listened for
 * @param reportInterval between two reports of this instance
 */
public record StoreSettings(Duration pollInterval, Duration timeout, boolean isPushed, Duration reportInterval) {
    public static final StoreSettings DEFAULTS =
            new StoreSettings(Duration.ofSeconds(1), Duration.ofMillis(250), true, Duration.ofSeconds(2));
}

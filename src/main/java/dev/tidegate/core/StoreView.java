package dev.tidegate.core;

import java.time.Instant;
import java.util.Map;

/**
 * All records as one read saw them.
 *
 * @param storeNow the store's time at the read
 */
public record StoreView(Instant storeNow, Map<CircuitName, CircuitRecord> records) {
    public StoreView {
        records = Map.copyOf(records);
    }
}

package dev.tidegate.store;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.HistoryEntry.Kind;
import dev.tidegate.core.StoreException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The history of all circuits, for people to read: over connections of its own, never the protocol's. Thread-safe. */
public interface HistoryLog {
    /**
     * Which entries; what is {@code null} does not restrict.
     *
     * @param from included
     * @param to excluded
     * @param before only entries with a smaller version; means something for one circuit alone
     * @param limit most entries answered
     */
    record Query(
            @Nullable CircuitName circuit,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Kind kind,
            @Nullable Long before,
            int limit) {
        public Query {
            if (limit < 1) {
                throw new IllegalArgumentException("a page holds at least one entry, asked were " + limit);
            }
        }
    }

    /** Newest first. */
    List<HistoryEntry> newest(Query query) throws StoreException;
}

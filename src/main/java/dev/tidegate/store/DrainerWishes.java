package dev.tidegate.store;

import dev.tidegate.core.StoreException;
import java.util.Map;

/** What operators wish of drainers: stored, versioned, fleet-wide. Thread-safe. */
public interface DrainerWishes {
    /** All wishes by the drainer's name. */
    Map<String, DrainerWish> read() throws StoreException;

    /** Stores a wish if none is stored yet; tells whether it did. What is stored as its time is the store's own now. */
    boolean createIfAbsent(DrainerWish wish) throws StoreException;
}

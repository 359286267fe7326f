package dev.tidegate.store;

import dev.tidegate.core.StoreException;
import dev.tidegate.core.Subscription;
import java.util.Map;

/** What operators wish of drainers: stored, versioned, fleet-wide. Thread-safe. */
public interface DrainerWishes {
    /** All wishes by the drainer's name. */
    Map<String, DrainerWish> read() throws StoreException;

    /** Stores a wish if none is stored yet; tells whether it did. What is stored as its time is the store's own now. */
    boolean createIfAbsent(DrainerWish wish) throws StoreException;

    /**
     * Stores a wish over the one of the version before it; version 1 also where none is stored. What is stored as its time is
     * the store's own now. Everybody who listens is told.
     *
     * @return whether it did; not if somebody else's wish came first
     * @throws NothingDoneException if it is certain that nothing was stored
     * @throws StoreException if nobody knows
     */
    boolean write(DrainerWish next) throws StoreException;

    /** Calls that soon after any instance stored a wish, where the store can tell; it must not block. Polling stays needed. */
    Subscription listen(Runnable changed);
}

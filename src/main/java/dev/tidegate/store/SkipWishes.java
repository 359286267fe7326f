package dev.tidegate.store;

import dev.tidegate.core.StoreException;
import dev.tidegate.core.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What operators wish drainers to skip: stored, fleet-wide, for each place the latest wish. Ended wishes are kept for a day.
 * The store's own now is what counts as time. Thread-safe.
 */
public interface SkipWishes {
    /**
     * Stores a wish, unless one for that place is still open; everybody who listens is told.
     *
     * @param wish its state, outcome and times are not looked at
     * @param lasts how long it stays open if nobody ends it
     * @return whether it did
     * @throws NothingDoneException if it is certain that nothing was stored
     * @throws StoreException if nobody knows
     */
    boolean ask(SkipWish wish, Duration lasts) throws StoreException;

    /** Those that somebody still has to carry out, the oldest first. */
    List<SkipWish> open() throws StoreException;

    /** Those that are kept, the newest first. */
    List<SkipWish> read(int limit) throws StoreException;

    /** The wish of that id; nothing if it was swept away or followed by another for the same place. */
    Optional<SkipWish> find(String id) throws StoreException;

    /** Tells of an open wish how far it is; what has ended, or was followed by another, stays as it is. */
    void tell(String id, SkipWish.State state, String outcome, String instance) throws StoreException;

    /** Calls that soon after any instance stored a wish, where the store can tell; it must not block. Polling stays needed. */
    Subscription listen(Runnable changed);
}

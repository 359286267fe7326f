package dev.tidegate.core;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the fleet shares its circuits. An implementation is safe for use by many threads, bounds every call in time (a
 * call may throw, it must not hang), and uses one clock for all instances. It carries decisions out by {@link
 * Edges#rule}; the contract suite in the tests says the rest.
 */
public interface CircuitStore {
    /** Creates the rows that are missing, CLOSED at epoch 0; an existing row is left as it is. */
    void create(Set<CircuitName> circuits) throws StoreException;

    /** All records, with the store's now. */
    StoreView read() throws StoreException;

    /**
     * In one transaction: reads the row, asks {@link Edges#rule} with the store's now, writes row and history entry.
     * Never throws for a store that is away: the answer is then {@link WriteResult.Unknown}.
     */
    WriteResult write(Decision decision);

    /** The history entry of the edge that made this epoch, if it was not purged. */
    Optional<HistoryEntry> edge(CircuitName circuit, long epoch) throws StoreException;

    /**
     * Newest first.
     *
     * @param before only entries with a smaller version, or {@code null} from the newest
     */
    List<HistoryEntry> history(CircuitName circuit, int limit, @Nullable Long before) throws StoreException;

    /**
     * Tells the listener which circuit changed, as soon as the store can; at least once for a change of another
     * instance where the store pushes, never where it does not: a poll repairs what is missed. The listener must not block.
     */
    Subscription listen(Consumer<CircuitName> changed);
}

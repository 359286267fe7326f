package dev.tidegate.store;

import dev.tidegate.core.StoreException;
import dev.tidegate.core.Tally;
import java.time.Duration;
import java.util.List;

/** What the instances counted of the circuits, so that each can add it up. Thread-safe; bounds every call in time. */
public interface FleetTallies {
    /**
     * Replaces what that instance told of those circuits before.
     *
     * @param lasts after that, in the store's time, they count no longer; a store may round it up to whole seconds
     */
    void write(List<Tally> tallies, Duration lasts) throws StoreException;

    /** Every instance's tallies that have not expired. */
    List<Tally> read() throws StoreException;
}

package dev.tidegate.store;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitStore;
import dev.tidegate.core.Decision;
import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.StoreException;
import dev.tidegate.core.StoreView;
import dev.tidegate.core.Subscription;
import dev.tidegate.core.WriteResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns the faults on for writes and off for reads. For one thread. */
record FaultyWrites(CircuitStore store, FaultyDataSource faults) implements CircuitStore {
    @Override
    public void create(Set<CircuitName> circuits) throws StoreException {
        store.create(circuits);
    }

    @Override
    public StoreView read() throws StoreException {
        return store.read();
    }

    @Override
    public WriteResult write(Decision decision) {
        faults.turn(true);
        try {
            return store.write(decision);
        } finally {
            faults.turn(false);
        }
    }

    @Override
    public Optional<HistoryEntry> edge(CircuitName circuit, long epoch) throws StoreException {
        return store.edge(circuit, epoch);
    }

    @Override
    public List<HistoryEntry> history(CircuitName circuit, int limit, @Nullable Long before) throws StoreException {
        return store.history(circuit, limit, before);
    }

    @Override
    public Subscription listen(Consumer<CircuitName> changed) {
        return store.listen(changed);
    }
}

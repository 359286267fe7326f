package dev.tidegate.simulation;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitStore;
import dev.tidegate.core.Decision;
import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.StoreException;
import dev.tidegate.core.StoreView;
import dev.tidegate.core.Subscription;
import dev.tidegate.core.WriteResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One instance's unreliable way to the store: away for a while, conflicts, answers lost before and after the commit. */
final class UnreliableStore implements CircuitStore {
    private final CircuitStore store;
    private final Random random;
    private double faultRatio;
    private boolean isAway;

    UnreliableStore(CircuitStore store, Random random, double faultRatio) {
        this.store = store;
        this.random = random;
        this.faultRatio = faultRatio;
    }

    void away(boolean away) {
        isAway = away;
    }

    void heal() {
        isAway = false;
        faultRatio = 0;
    }

    private void reach() throws StoreException {
        if (isAway) {
            throw new StoreException("the store is away", new IOException("no route"));
        }
    }

    @Override
    public void create(Set<CircuitName> circuits) throws StoreException {
        reach();
        store.create(circuits);
    }

    @Override
    public StoreView read() throws StoreException {
        reach();
        return store.read();
    }

    @Override
    public WriteResult write(Decision decision) {
        if (isAway || random.nextDouble() < faultRatio / 3) {
            return new WriteResult.Unknown(new IOException("connection reset before the commit"));
        }
        if (random.nextDouble() < faultRatio / 3) {
            return new WriteResult.Conflict("deadlock");
        }
        WriteResult written = store.write(decision);
        return random.nextDouble() < faultRatio / 3
                ? new WriteResult.Unknown(new IOException("connection reset after the commit"))
                : written;
    }

    @Override
    public Optional<HistoryEntry> edge(CircuitName circuit, long epoch) throws StoreException {
        reach();
        return store.edge(circuit, epoch);
    }

    @Override
    public List<HistoryEntry> history(CircuitName circuit, int limit, @Nullable Long before) throws StoreException {
        reach();
        return store.history(circuit, limit, before);
    }

    @Override
    public Subscription listen(Consumer<CircuitName> changed) {
        return () -> {};
    }
}

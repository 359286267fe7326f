package dev.tidegate.store;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitStore;
import dev.tidegate.core.Decision;
import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.StoreException;
import dev.tidegate.core.StoreView;
import dev.tidegate.core.Subscription;
import dev.tidegate.core.WriteResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Another store, and the longest that one of its threads was kept by one question or one write. Thread-safe. */
final class TimedStore implements CircuitStore {
    private final CircuitStore store;
    private final AtomicLong longestNanos = new AtomicLong();

    TimedStore(CircuitStore store) {
        this.store = store;
    }

    Duration longest() {
        return Duration.ofNanos(longestNanos.get());
    }

    private interface Work<T> {
        T run() throws StoreException;
    }

    private <T> T timed(Work<T> work) throws StoreException {
        long begin = System.nanoTime();
        try {
            return work.run();
        } finally {
            longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
        }
    }

    @Override
    public void create(Set<CircuitName> circuits) throws StoreException {
        timed(() -> {
            store.create(circuits);
            return circuits;
        });
    }

    @Override
    public StoreView read() throws StoreException {
        return timed(store::read);
    }

    @Override
    public WriteResult write(Decision decision) {
        try {
            return timed(() -> store.write(decision));
        } catch (StoreException e) {
            throw new AssertionError("a write answers, and throws nothing", e);
        }
    }

    @Override
    public Optional<HistoryEntry> edge(CircuitName circuit, long epoch) throws StoreException {
        return timed(() -> store.edge(circuit, epoch));
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

package dev.tidegate.benchmark.news;

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

/** Another store, and when its last news came and a thread's last read began and ended. Thread-safe. */
final class StagedStore implements CircuitStore {
    /** Times of {@link System#nanoTime}. */
    record Read(long newsNanos, long beganNanos, long endedNanos) {}

    private final CircuitStore store;
    private final ThreadLocal<Read> read = ThreadLocal.withInitial(() -> new Read(0, 0, 0));
    private volatile long newsNanos;

    StagedStore(CircuitStore store) {
        this.store = store;
    }

    /** The last read of the calling thread, which hands over what it read to the breakers. */
    Read lastRead() {
        return read.get();
    }

    @Override
    public void create(Set<CircuitName> circuits) throws StoreException {
        store.create(circuits);
    }

    @Override
    public StoreView read() throws StoreException {
        long news = newsNanos;
        long began = System.nanoTime();
        StoreView view = store.read();
        read.set(new Read(news, began, System.nanoTime()));
        return view;
    }

    @Override
    public WriteResult write(Decision decision) {
        return store.write(decision);
    }

    @Override
    public Optional<HistoryEntry> edge(CircuitName circuit, long epoch) throws StoreException {
        return store.edge(circuit, epoch);
    }

    @Override
    public List<HistoryEntry> history(CircuitName circuit, int limit, Long before) throws StoreException {
        return store.history(circuit, limit, before);
    }

    @Override
    public Subscription listen(Consumer<CircuitName> changed) {
        return store.listen(circuit -> {
            newsNanos = System.nanoTime();
            changed.accept(circuit);
        });
    }
}

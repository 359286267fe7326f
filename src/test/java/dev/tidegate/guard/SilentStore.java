package dev.tidegate.guard;

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
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store whose writes do not answer until it speaks again, and that may break down or lose its answers. */
final class SilentStore implements CircuitStore {
    private final CircuitStore store;
    private volatile CountDownLatch silence = new CountDownLatch(0);

    SilentStore(CircuitStore store) {
        this.store = store;
    }

    private volatile boolean isBroken;
    private volatile boolean isLossy;

    void breakDown() {
        isBroken = true;
    }

    void loseAnswers() {
        isLossy = true;
    }

    void fallSilent() {
        silence = new CountDownLatch(1);
    }

    void speakAgain() {
        silence.countDown();
    }

    @Override
    public void create(Set<CircuitName> circuits) throws StoreException {
        store.create(circuits);
    }

    @Override
    public StoreView read() throws StoreException {
        if (isBroken) {
            throw new StoreException("no route");
        }
        return store.read();
    }

    @Override
    public WriteResult write(Decision decision) {
        if (isBroken || isLossy) {
            return new WriteResult.Unknown(new IOException("connection reset"));
        }
        try {
            silence.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new WriteResult.Unknown(e);
        }
        return store.write(decision);
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

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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One instance's unreliable way to the store: away for a while, conflicts, an operator between read and commit, answers lost
 * before and after the commit, and commits in limbo, which land late unless the row has moved meanwhile.
 */
final class UnreliableStore implements CircuitStore {
    private final RestorableStore store;
    private final SimulatedTime time;
    private final Random random;
    private final Runnable between;
    private double faultRatio;
    private boolean isAway;
    private boolean isCutOff;
    private Runnable inLimbo = () -> {};

    /** @param between what may happen between an instance's read and its commit */
    UnreliableStore(RestorableStore store, SimulatedTime time, Random random, double faultRatio, Runnable between) {
        this.store = store;
        this.time = time;
        this.random = random;
        this.faultRatio = faultRatio;
        this.between = between;
    }

    void away(boolean away) {
        isAway = away;
    }

    /** From now on the store is never reached again. */
    void cutOff() {
        isCutOff = true;
    }

    void heal() {
        isAway = false;
        faultRatio = 0;
    }

    /** Whether the store was ever set back to an older copy. */
    boolean wasSetBack() {
        return store.restores() > 0;
    }

    private boolean isReached() {
        return !isAway && !isCutOff;
    }

    private void reach() throws StoreException {
        landNow();
        if (!isReached()) {
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
        landNow();
        if (!isReached() || hits(3)) {
            return new WriteResult.Unknown(new IOException("connection reset before the commit"));
        }
        if (hits(3)) {
            return new WriteResult.Conflict("deadlock");
        }
        if (hits(20)) {
            between.run();
            return new WriteResult.Conflict("the row moved between read and commit");
        }
        if (hits(6)) {
            landLate(decision);
            return new WriteResult.Unknown(new IOException("no answer to the commit"));
        }
        WriteResult written = store.write(decision);
        return hits(3) ? new WriteResult.Unknown(new IOException("connection reset after the commit")) : written;
    }

    private boolean hits(int share) {
        return random.nextDouble() < faultRatio / share;
    }

    // Within three seconds, or between any two of this instance's next questions.
    private void landLate(Decision decision) {
        long version = store.row().version();
        int restores = store.restores();
        Instant ruledAt = time.ticker().instant();
        Runnable landing = () -> {
            if (store.row().version() == version && store.restores() == restores) {
                store.land(decision, ruledAt);
            }
        };
        inLimbo = landing;
        time.after(random.nextInt(3_000) * 1_000_000L, landing);
    }

    private void landNow() {
        if (random.nextInt(4) == 0) {
            Runnable landing = inLimbo;
            inLimbo = () -> {};
            landing.run();
        }
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

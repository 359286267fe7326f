package dev.tidegate.simulation;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.CircuitStore;
import dev.tidegate.core.Decision;
import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.StoreView;
import dev.tidegate.core.Subscription;
import dev.tidegate.core.WriteResult;
import dev.tidegate.store.InMemoryCircuitStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The store of a simulated fleet: remembers what was written, so that it can be set back to what it held some writes ago, as
 * a backup would, and so that invariants see each write by itself.
 */
final class RestorableStore implements CircuitStore {
    /** One write that is durable. */
    record Written(Decision decision, CircuitRecord before, CircuitRecord after, Instant at) {}

    private final InstantSource clock;
    private final Instant begin;
    private final List<Written> journal = new ArrayList<>();
    private final Set<String> tokens = new HashSet<>();
    private List<Written> unseen = new ArrayList<>();
    private InMemoryCircuitStore store;
    private CircuitRecord row;
    private @Nullable Instant standing;
    private int restores;

    RestorableStore(InstantSource clock) {
        this.clock = clock;
        this.begin = clock.instant();
        this.store = empty();
        this.row = rowNow();
    }

    private InMemoryCircuitStore empty() {
        InMemoryCircuitStore created = new InMemoryCircuitStore(this::now);
        created.create(Set.of(FleetSimulation.ORDERS));
        return created;
    }

    private Instant now() {
        return standing != null ? standing : clock.instant();
    }

    private CircuitRecord rowNow() {
        return Objects.requireNonNull(store.read().records().get(FleetSimulation.ORDERS));
    }

    CircuitRecord row() {
        return row;
    }

    /** How often the store was set back. */
    int restores() {
        return restores;
    }

    /** Whether it holds the decision with that token. */
    boolean holds(String token) {
        return tokens.contains(token);
    }

    /** The writes since this was asked last. */
    List<Written> takeWritten() {
        List<Written> taken = unseen;
        unseen = new ArrayList<>();
        return taken;
    }

    /** Sets the store back by that many writes; what it held stays as it was, its clock goes on. */
    void setBack(int writes) {
        List<Written> kept = List.copyOf(journal.subList(0, Math.max(0, journal.size() - writes)));
        journal.clear();
        standing = begin;
        store = empty();
        for (Written again : kept) {
            standing = again.at();
            store.write(again.decision());
        }
        standing = null;
        journal.addAll(kept);
        tokens.clear();
        kept.forEach(written -> tokens.add(written.decision().token()));
        row = rowNow();
        restores++;
    }

    /** Lands a commit whose transaction saw the row at that moment and was in limbo since. */
    void land(Decision decision, Instant ruledAt) {
        standing = ruledAt;
        write(decision);
        standing = null;
    }

    @Override
    public WriteResult write(Decision decision) {
        CircuitRecord before = row;
        WriteResult result = store.write(decision);
        if (result instanceof WriteResult.Committed committed) {
            row = committed.row();
            Written written = new Written(decision, before, row, committed.storeNow());
            journal.add(written);
            tokens.add(decision.token());
            unseen.add(written);
        }
        return result;
    }

    @Override
    public void create(Set<CircuitName> circuits) {
        store.create(circuits);
    }

    @Override
    public StoreView read() {
        return store.read();
    }

    @Override
    public Optional<HistoryEntry> edge(CircuitName circuit, long epoch) {
        return store.edge(circuit, epoch);
    }

    @Override
    public List<HistoryEntry> history(CircuitName circuit, int limit, @Nullable Long before) {
        return store.history(circuit, limit, before);
    }

    @Override
    public Subscription listen(Consumer<CircuitName> changed) {
        return store.listen(changed);
    }
}

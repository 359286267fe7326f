package dev.tidegate.store;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.CircuitStore;
import dev.tidegate.core.Decision;
import dev.tidegate.core.Edges;
import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.Ruling;
import dev.tidegate.core.StoreView;
import dev.tidegate.core.Subscription;
import dev.tidegate.core.WriteResult;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A fleet's truth inside one process: for tests, and for an application that embeds Tidegate without a database. Several
 * instances in the process share it by sharing the object. Nothing outlives the process. Never blocks on anything but its
 * own short lock, is never away. Thread-safe.
 */
public final class InMemoryCircuitStore implements CircuitStore {
    private static final int MOST_ENTRIES = 10_000;

    private final InstantSource clock;
    private final int mostEntries;
    private final Listeners listeners = new Listeners();
    // Guarded by this: the row and its history change together, as in one transaction.
    private final Map<CircuitName, CircuitRecord> rows = new HashMap<>();
    private final Map<CircuitName, Deque<HistoryEntry>> history = new HashMap<>();

    /** A store that keeps the newest 10,000 history entries of each circuit. */
    public InMemoryCircuitStore(InstantSource clock) {
        this(clock, MOST_ENTRIES);
    }

    /**
     * A store on the given clock.
     *
     * @param clock the store's clock: the one time that all instances share
     * @param mostEntries history entries kept of each circuit, the newest; at least 1
     */
    public InMemoryCircuitStore(InstantSource clock, int mostEntries) {
        if (mostEntries < 1) {
            throw new IllegalArgumentException("at least 1 history entry must be kept, got " + mostEntries);
        }
        this.clock = clock;
        this.mostEntries = mostEntries;
    }

    @Override
    public synchronized void create(Set<CircuitName> circuits) {
        for (CircuitName circuit : circuits) {
            rows.computeIfAbsent(circuit, name -> CircuitRecord.created(name, now()));
        }
    }

    @Override
    public synchronized StoreView read() {
        return new StoreView(now(), rows);
    }

    @Override
    public WriteResult write(Decision decision) {
        WriteResult result = ruled(decision);
        if (result instanceof WriteResult.Committed && News.isWorthTelling(decision)) {
            // Outside the lock: what a listener does must not hold up the fleet.
            listeners.tell(decision.circuit());
        }
        return result;
    }

    private synchronized WriteResult ruled(Decision decision) {
        CircuitRecord row = rows.get(decision.circuit());
        if (row == null) {
            return new WriteResult.Unknown(MissingCircuit.error(decision.circuit()));
        }
        Instant now = now();
        Ruling ruling = Edges.rule(row, decision, now);
        if (ruling instanceof Ruling.Write exact) {
            Ruling.Write write = Storable.write(exact);
            rows.put(decision.circuit(), write.row());
            keep(write.entry());
            return new WriteResult.Committed(write.row(), now);
        }
        return new WriteResult.Lost(row, now, ((Ruling.Lost) ruling).why());
    }

    private void keep(@Nullable HistoryEntry entry) {
        if (entry == null) {
            return;
        }
        Deque<HistoryEntry> entries = history.computeIfAbsent(entry.circuit(), name -> new ArrayDeque<>());
        entries.addFirst(entry);
        if (entries.size() > mostEntries) {
            entries.removeLast();
        }
    }

    @Override
    public synchronized Optional<HistoryEntry> edge(CircuitName circuit, long epoch) {
        return entries(circuit).stream()
                .filter(entry -> entry.kind() == HistoryEntry.Kind.TRANSITION)
                .filter(entry -> entry.fence().epoch() == epoch)
                .findFirst();
    }

    @Override
    public synchronized List<HistoryEntry> history(CircuitName circuit, int limit, @Nullable Long before) {
        List<HistoryEntry> page = new ArrayList<>();
        for (HistoryEntry entry : entries(circuit)) {
            if (page.size() == limit) {
                break;
            }
            if (before == null || entry.version() < before) {
                page.add(entry);
            }
        }
        return List.copyOf(page);
    }

    private Deque<HistoryEntry> entries(CircuitName circuit) {
        return history.getOrDefault(circuit, new ArrayDeque<>());
    }

    @Override
    public Subscription listen(Consumer<CircuitName> changed) {
        return listeners.add(changed);
    }

    private Instant now() {
        return Storable.instant(clock.instant());
    }
}

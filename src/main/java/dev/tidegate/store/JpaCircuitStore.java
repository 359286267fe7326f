package dev.tidegate.store;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.CircuitStore;
import dev.tidegate.core.Decision;
import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.StoreException;
import dev.tidegate.core.StoreView;
import dev.tidegate.core.Subscription;
import dev.tidegate.core.WriteResult;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The fleet's truth in PostgreSQL, or for a single instance in H2. Every answer is waited for at most the network timeout,
 * and a new connection as long as the JDBC URL allows. Thread-safe; the calling thread must not be in a transaction.
 */
public final class JpaCircuitStore implements CircuitStore {
    private final Transactions transactions;
    private final Duration networkTimeout;
    private final @Nullable PostgresListener push;
    private final Set<CircuitName> known = ConcurrentHashMap.newKeySet();

    /**
     * @param networkTimeout the longest to wait for the answer to one statement; at least 1 ms, 1 s is a good choice
     * @param push hears the changes of other instances, or {@code null} where the database cannot tell or shall not
     */
    public JpaCircuitStore(Transactions transactions, Duration networkTimeout, @Nullable PostgresListener push) {
        if (networkTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("the store's network timeout is at least 1 ms, got " + networkTimeout);
        }
        this.transactions = transactions;
        this.networkTimeout = networkTimeout;
        this.push = push;
    }

    @Override
    public void create(Set<CircuitName> circuits) throws StoreException {
        asked("Creating the rows of " + circuits.size() + " circuits", session -> {
            CircuitRows.insertMissing(session, circuits);
            return circuits;
        });
        known.addAll(circuits);
    }

    @Override
    public StoreView read() throws StoreException {
        StoreView view = asked("Reading the circuits", JpaCircuitStore::view);
        known.addAll(view.records().keySet());
        return view;
    }

    private static StoreView view(StoreSession session) {
        List<StoreSession.TimedRow> rows = session.rows();
        Instant now = rows.isEmpty() ? session.now() : rows.get(0).now();
        Map<CircuitName, CircuitRecord> records = new HashMap<>();
        for (StoreSession.TimedRow each : rows) {
            CircuitRecord row = each.row().record();
            records.put(row.name(), row);
        }
        return new StoreView(now, records);
    }

    @Override
    public WriteResult write(Decision decision) {
        try {
            return transactions.within(
                    entities -> with(entities, session -> new DecisionTransaction(session, decision).carryOut()));
        } catch (CommitException unanswered) {
            return new WriteResult.Unknown(unanswered);
        } catch (SQLException | RuntimeException error) {
            return StoreErrors.beforeCommit(error);
        }
    }

    @Override
    public Optional<HistoryEntry> edge(CircuitName circuit, long epoch) throws StoreException {
        return asked("Reading edge " + epoch + " of circuit " + circuit, session -> session.edge(circuit, epoch))
                .map(HistoryRow::entry);
    }

    @Override
    public List<HistoryEntry> history(CircuitName circuit, int limit, @Nullable Long before) throws StoreException {
        return asked("Reading the history of circuit " + circuit, session -> session.history(circuit, limit, before))
                .stream()
                .map(HistoryRow::entry)
                .toList();
    }

    /** After every gap in the connection the listener hears of all circuits: any of them may have changed meanwhile. */
    @Override
    public Subscription listen(Consumer<CircuitName> changed) {
        return push == null ? () -> {} : push.listen(changed, () -> known.forEach(changed));
    }

    private interface Question<T> {
        T ask(StoreSession session) throws SQLException;
    }

    private <T> T asked(String what, Question<T> question) throws StoreException {
        try {
            return transactions.within(entities -> with(entities, question));
        } catch (CommitException | SQLException | RuntimeException error) {
            throw StoreErrors.unanswered(what, error);
        }
    }

    private <T> T with(EntityManager entities, Question<T> question) throws SQLException {
        StoreSession session = StoreSession.open(entities, networkTimeout);
        try {
            return question.ask(session);
        } catch (SQLException | RuntimeException error) {
            if (StoreErrors.isReadOnly(error)) {
                session.abandon();
            }
            throw error;
        }
    }
}

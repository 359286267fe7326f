package dev.tidegate.store;

import dev.tidegate.core.CircuitName;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One transaction's view of the tables. Used by one thread, inside {@link Transactions#within}. */
final class StoreSession {
    // Real time, not the transaction's start; H2 knows the function by a migration.
    private static final String ROWS_AND_NOW = "select c, SQL('clock_timestamp()') from CircuitRow c";

    private final EntityManager entities;
    private final Connection connection;

    private StoreSession(EntityManager entities, Connection connection) {
        this.entities = entities;
        this.connection = connection;
    }

    /** Takes the transaction's connection and sets its limits. */
    static StoreSession open(EntityManager entities, Duration networkTimeout) throws SQLException {
        Connection connection = entities.unwrap(Connection.class);
        BoundedConnection.limitNetwork(connection, networkTimeout);
        BoundedConnection.limitTransaction(connection, networkTimeout);
        return new StoreSession(entities, connection);
    }

    /** A managed row, and the store's time when it was read. */
    record TimedRow(CircuitRow row, Instant now) {
        private static TimedRow of(Object[] columns) {
            return new TimedRow((CircuitRow) columns[0], InstantColumn.read(columns[1]));
        }
    }

    Optional<TimedRow> row(CircuitName circuit) {
        List<Object[]> found = entities.createQuery(ROWS_AND_NOW + " where c.name = :name", Object[].class)
                .setParameter("name", circuit.value())
                .getResultList();
        return found.stream().findFirst().map(TimedRow::of);
    }

    List<TimedRow> rows() {
        return entities.createQuery(ROWS_AND_NOW, Object[].class).getResultList().stream()
                .map(TimedRow::of)
                .toList();
    }

    Instant now() {
        return InstantColumn.read(
                entities.createNativeQuery("select clock_timestamp()").getSingleResult());
    }

    Optional<HistoryRow> edge(CircuitName circuit, long epoch) {
        List<HistoryRow> found = entities.createQuery(
                        "select h from HistoryRow h where h.circuit = :circuit and h.edgeEpoch = :epoch",
                        HistoryRow.class)
                .setParameter("circuit", circuit.value())
                .setParameter("epoch", epoch)
                .getResultList();
        return found.stream().findFirst();
    }

    List<HistoryRow> history(CircuitName circuit, int limit, @Nullable Long before) {
        return entities.createQuery(
                        "select h from HistoryRow h where h.circuit = :circuit and h.version < :before"
                                + " order by h.version desc",
                        HistoryRow.class)
                .setParameter("circuit", circuit.value())
                .setParameter("before", before == null ? Long.MAX_VALUE : before)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Row first: a writer that lost is then told by the version, without an error in the database's log. */
    void flushRow() {
        entities.flush();
    }

    void insert(HistoryRow entry) {
        entities.persist(entry);
        entities.flush();
    }

    /** Inside the transaction: told if and only if it commits. */
    void announce(CircuitName circuit) throws SQLException {
        if (dialect() != Dialect.POSTGRESQL) {
            return;
        }
        try (PreparedStatement announce = connection.prepareStatement("select pg_notify(?, ?)")) {
            announce.setString(1, PostgresListener.CHANNEL);
            announce.setString(2, circuit.value());
            announce.execute();
        }
    }

    Connection connection() {
        return connection;
    }

    Dialect dialect() throws SQLException {
        return Dialect.of(connection);
    }

    /** The connection is of no more use, to nobody: the pool must not give it out again. */
    void abandon() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException alreadyGone) {
            // What is gone cannot come back from the pool.
            return;
        }
    }
}

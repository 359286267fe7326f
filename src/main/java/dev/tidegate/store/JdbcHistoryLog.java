package dev.tidegate.store;

import dev.tidegate.core.Cause;
import dev.tidegate.core.CircuitName;
import dev.tidegate.core.Fence;
import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The history as the database keeps it, read over a data source that the protocol does not use. Thread-safe. */
public final class JdbcHistoryLog implements HistoryLog {
    private static final String SELECT =
            "select circuit, version, epoch, fence_token, kind, from_state, to_state, cause,"
                    + " detail, actor, instance, token, at from tidegate_history";
    // Of one circuit the version alone orders: a restored store's times may have gone back.
    private static final String BY_VERSION = " order by version desc limit ?";
    private static final String BY_TIME = " order by at desc, circuit, version desc limit ?";

    static final int MOST_READERS = 3;
    private static final Duration TURN = Duration.ofMillis(100);

    private final DataSource source;
    private final Duration networkTimeout;
    // A reader holds a thread of the server, and those who ask for its health need one too.
    private final Semaphore readers = new Semaphore(MOST_READERS);

    /** @param networkTimeout how long one answer of the database is waited for */
    public JdbcHistoryLog(DataSource source, Duration networkTimeout) {
        this.source = source;
        this.networkTimeout = networkTimeout;
    }

    @Override
    public List<HistoryEntry> newest(Query query) throws StoreException {
        List<String> conditions = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        restrict(query, conditions, values);
        values.add(query.limit());
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        String order = query.circuit() == null ? BY_TIME : BY_VERSION;
        awaitTurn();
        try (Connection connection = BoundedConnection.open(source, networkTimeout);
                PreparedStatement select = connection.prepareStatement(SELECT + where + order)) {
            for (int index = 0; index < values.size(); index++) {
                select.setObject(index + 1, values.get(index));
            }
            return entries(select);
        } catch (SQLException e) {
            throw new StoreException("reading the history failed: " + e.getMessage(), e);
        } finally {
            readers.release();
        }
    }

    private void awaitTurn() throws StoreException {
        try {
            if (readers.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new StoreException(
                "reading the history failed: " + MOST_READERS + " others read it already, and no more may at a time");
    }

    private static void restrict(Query query, List<String> conditions, List<Object> values) {
        CircuitName circuit = query.circuit();
        if (circuit != null) {
            conditions.add("circuit = ?");
            values.add(circuit.value());
        }
        Instant from = query.from();
        if (from != null) {
            conditions.add("at >= ?");
            values.add(OffsetDateTime.ofInstant(from, ZoneOffset.UTC));
        }
        Instant to = query.to();
        if (to != null) {
            conditions.add("at < ?");
            values.add(OffsetDateTime.ofInstant(to, ZoneOffset.UTC));
        }
        HistoryEntry.Kind kind = query.kind();
        if (kind != null) {
            conditions.add("kind = ?");
            values.add(kind.name());
        }
        Long before = query.before();
        if (before != null) {
            conditions.add("version < ?");
            values.add(before);
        }
    }

    private static List<HistoryEntry> entries(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            List<HistoryEntry> entries = new ArrayList<>();
            while (rows.next()) {
                entries.add(entry(rows));
            }
            return entries;
        }
    }

    private static HistoryEntry entry(ResultSet row) throws SQLException {
        return new HistoryEntry(
                new CircuitName(row.getString("circuit")),
                row.getLong("version"),
                new Fence(row.getLong("epoch"), row.getString("fence_token")),
                HistoryEntry.Kind.valueOf(row.getString("kind")),
                row.getString("from_state"),
                row.getString("to_state"),
                Cause.valueOf(row.getString("cause")),
                row.getString("detail"),
                row.getString("actor"),
                row.getString("instance"),
                row.getString("token"),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }
}

package dev.tidegate.store;

import dev.tidegate.core.StoreException;
import dev.tidegate.core.Subscription;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Operators' skips in the database. Every answer is waited for at most the network timeout. Thread-safe. */
public final class JdbcSkipWishes implements SkipWishes {
    private static final System.Logger LOG = System.getLogger(JdbcSkipWishes.class.getName());
    private static final String END = "clock_timestamp() + cast(? as integer) * interval '1' second";
    private static final String IS_OPEN = " (state = 'ASKED' or state = 'ACCEPTED') and expires_at > clock_timestamp()";
    private static final String SELECT = "select id, drainer, topic, part, pos, to_pos, actor, reason,"
            + " case when state = 'ASKED' and expires_at <= clock_timestamp() then 'EXPIRED' else state end,"
            + " outcome, instance, at, expires_at from tidegate_skip";
    private static final String KEY = "drainer, topic, part, pos";
    private static final String INSERT = "insert into tidegate_skip (id, to_pos, actor, reason, state, outcome,"
            + " instance, at, expires_at, drainer, topic, part, pos)"
            + " values (?, ?, ?, ?, 'ASKED', '', null, clock_timestamp(), " + END + ", ?, ?, ?, ?)";
    private static final String REPLACE = "update tidegate_skip set id = ?, to_pos = ?, actor = ?, reason = ?,"
            + " state = 'ASKED', outcome = '', instance = null, at = clock_timestamp(), expires_at = " + END
            + " where drainer = ? and topic = ? and part = ? and pos = ? and not (" + IS_OPEN + ")";
    private static final String TELL =
            "update tidegate_skip set state = ?, outcome = ?, instance = ? where id = ? and" + IS_OPEN;
    private static final String SWEEP =
            "delete from tidegate_skip where expires_at < clock_timestamp() - interval '1' day";

    private final DataSource source;
    private final Duration networkTimeout;
    private final @Nullable PostgresListener push;

    /**
     * @param source used outside transactions
     * @param networkTimeout the longest to wait for the answer to one statement
     * @param push hears the changes of other instances, or {@code null} where the database cannot tell or shall not
     */
    public JdbcSkipWishes(DataSource source, Duration networkTimeout, @Nullable PostgresListener push) {
        this.source = source;
        this.networkTimeout = networkTimeout;
        this.push = push;
    }

    @Override
    public boolean ask(SkipWish wish, Duration lasts) throws StoreException {
        String what = "Storing the wish to skip " + wish.place();
        try (Connection connection = BoundedConnection.openToWrite(source, networkTimeout, what)) {
            String insert = Dialect.of(connection).insertIfAbsent(INSERT, KEY);
            boolean isStored =
                    write(connection, REPLACE, wish, lasts) > 0 || write(connection, insert, wish, lasts) > 0;
            if (isStored) {
                WishNews.tell(connection, wish.drainer());
                sweep(connection);
            }
            return isStored;
        } catch (SQLException | RuntimeException error) {
            if (StoreErrors.isUniqueViolation(error)) {
                return false;
            }
            throw StoreErrors.unwritten(what, error);
        }
    }

    private static int write(Connection connection, String sql, SkipWish wish, Duration lasts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, wish.id());
            statement.setObject(2, wish.toOffset(), java.sql.Types.BIGINT);
            statement.setString(3, Storable.text(wish.actor()));
            statement.setString(4, Storable.text(wish.reason()));
            statement.setInt(5, Math.toIntExact(lasts.toSeconds()));
            statement.setString(6, wish.drainer());
            statement.setString(7, wish.topic());
            statement.setInt(8, wish.partition());
            statement.setLong(9, wish.offset());
            return statement.executeUpdate();
        }
    }

    private static void sweep(Connection connection) {
        try (PreparedStatement statement = connection.prepareStatement(SWEEP)) {
            statement.executeUpdate();
        } catch (SQLException error) {
            // The next wish sweeps as well; this one is stored.
            LOG.log(System.Logger.Level.DEBUG, "Wishes that ended were not swept away", error);
        }
    }

    @Override
    public List<SkipWish> open() throws StoreException {
        return select(" where" + IS_OPEN + " order by at", statement -> {});
    }

    @Override
    public List<SkipWish> read(int limit) throws StoreException {
        return select(" order by at desc fetch first ? rows only", statement -> statement.setInt(1, limit));
    }

    @Override
    public Optional<SkipWish> find(String id) throws StoreException {
        return select(" where id = ?", statement -> statement.setString(1, id)).stream()
                .findFirst();
    }

    private interface Values {
        void set(PreparedStatement statement) throws SQLException;
    }

    private List<SkipWish> select(String which, Values values) throws StoreException {
        List<SkipWish> wishes = new ArrayList<>();
        try (Connection connection = BoundedConnection.open(source, networkTimeout);
                PreparedStatement statement = connection.prepareStatement(SELECT + which)) {
            values.set(statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    wishes.add(wish(rows));
                }
            }
            return List.copyOf(wishes);
        } catch (SQLException | RuntimeException error) {
            throw StoreErrors.unanswered("Reading what operators wish to skip", error);
        }
    }

    private static SkipWish wish(ResultSet row) throws SQLException {
        long toOffset = row.getLong(6);
        boolean isRecord = row.wasNull();
        return new SkipWish(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getLong(5),
                isRecord ? null : toOffset,
                row.getString(7),
                row.getString(8),
                SkipWish.State.valueOf(row.getString(9)),
                row.getString(10),
                row.getString(11),
                InstantColumn.read(row.getObject(12)),
                InstantColumn.read(row.getObject(13)));
    }

    @Override
    public void tell(String id, SkipWish.State state, String outcome, String instance) throws StoreException {
        try (Connection connection = BoundedConnection.open(source, networkTimeout);
                PreparedStatement statement = connection.prepareStatement(TELL)) {
            statement.setString(1, state.name());
            statement.setString(2, Storable.text(outcome));
            statement.setString(3, Storable.text(instance));
            statement.setString(4, id);
            statement.executeUpdate();
        } catch (SQLException | RuntimeException error) {
            throw StoreErrors.unanswered("Telling what became of a wish to skip", error);
        }
    }

    @Override
    public Subscription listen(Runnable changed) {
        return push == null ? () -> {} : push.listenForWishes(changed);
    }
}

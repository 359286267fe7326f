package dev.tidegate.store;

import dev.tidegate.core.StoreException;
import dev.tidegate.core.Subscription;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Operators' wishes in the database. Every answer is waited for at most the network timeout. Thread-safe. */
public final class JdbcDrainerWishes implements DrainerWishes {
    private static final String INSERT =
            "insert into tidegate_drainer_wish (drainer, version, paused, actor, reason, at)"
                    + " values (?, ?, ?, ?, ?, clock_timestamp())";
    private static final String UPDATE = "update tidegate_drainer_wish set version = ?, paused = ?, actor = ?,"
            + " reason = ?, at = clock_timestamp() where drainer = ? and version = ?";

    private final DataSource source;
    private final Duration networkTimeout;
    private final @Nullable PostgresListener push;

    /**
     * @param source used outside transactions
     * @param networkTimeout the longest to wait for the answer to one statement
     * @param push hears the changes of other instances, or {@code null} where the database cannot tell or shall not
     */
    public JdbcDrainerWishes(DataSource source, Duration networkTimeout, @Nullable PostgresListener push) {
        this.source = source;
        this.networkTimeout = networkTimeout;
        this.push = push;
    }

    @Override
    public Map<String, DrainerWish> read() throws StoreException {
        String sql = "select drainer, version, paused, actor, reason, at from tidegate_drainer_wish";
        try (Connection connection = BoundedConnection.open(source, networkTimeout);
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            Map<String, DrainerWish> wishes = new HashMap<>();
            while (rows.next()) {
                DrainerWish wish = wish(rows);
                wishes.put(wish.drainer(), wish);
            }
            return Map.copyOf(wishes);
        } catch (SQLException | RuntimeException error) {
            throw StoreErrors.unanswered("Reading what operators wish of drainers", error);
        }
    }

    private static DrainerWish wish(ResultSet row) throws SQLException {
        return new DrainerWish(
                row.getString(1),
                row.getLong(2),
                row.getBoolean(3),
                row.getString(4),
                row.getString(5),
                InstantColumn.read(row.getObject(6)));
    }

    @Override
    public boolean createIfAbsent(DrainerWish wish) throws StoreException {
        try (Connection connection = BoundedConnection.open(source, networkTimeout)) {
            return insert(connection, wish);
        } catch (SQLException | RuntimeException error) {
            if (StoreErrors.isUniqueViolation(error)) {
                return false;
            }
            throw StoreErrors.unanswered("Storing the first wish of drainer " + wish.drainer(), error);
        }
    }

    private static boolean insert(Connection connection, DrainerWish wish) throws SQLException {
        String sql = Dialect.of(connection).insertIfAbsent(INSERT, "drainer");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, wish.drainer());
            statement.setLong(2, wish.version());
            statement.setBoolean(3, wish.isPaused());
            statement.setString(4, Storable.text(wish.actor()));
            statement.setString(5, Storable.text(wish.reason()));
            return statement.executeUpdate() > 0;
        }
    }

    @Override
    public boolean write(DrainerWish next) throws StoreException {
        String what = "Storing version " + next.version() + " of what is wished of drainer " + next.drainer();
        try (Connection connection = BoundedConnection.openToWrite(source, networkTimeout, what)) {
            boolean isStored = update(connection, next) || (next.version() == 1 && insert(connection, next));
            if (isStored) {
                WishNews.tell(connection, next.drainer());
            }
            return isStored;
        } catch (SQLException | RuntimeException error) {
            if (StoreErrors.isUniqueViolation(error)) {
                return false;
            }
            throw StoreErrors.unwritten(what, error);
        }
    }

    private static boolean update(Connection connection, DrainerWish next) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            statement.setLong(1, next.version());
            statement.setBoolean(2, next.isPaused());
            statement.setString(3, Storable.text(next.actor()));
            statement.setString(4, Storable.text(next.reason()));
            statement.setString(5, next.drainer());
            statement.setLong(6, next.version() - 1);
            return statement.executeUpdate() > 0;
        }
    }

    @Override
    public Subscription listen(Runnable changed) {
        return push == null ? () -> {} : push.listenForWishes(changed);
    }
}

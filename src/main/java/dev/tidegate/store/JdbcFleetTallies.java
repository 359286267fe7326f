package dev.tidegate.store;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.Counts;
import dev.tidegate.core.StoreException;
import dev.tidegate.core.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Tallies in the database, one row per circuit and instance, so that no two instances wait for one another. Every answer is
 * waited for at most the network timeout. Thread-safe.
 */
public final class JdbcFleetTallies implements FleetTallies {
    private static final String END = "clock_timestamp() + cast(? as integer) * interval '1' second";

    private final DataSource source;
    private final Duration networkTimeout;

    /**
     * @param source with its own small pool; used outside transactions
     * @param networkTimeout the longest to wait for the answer to one statement
     */
    public JdbcFleetTallies(DataSource source, Duration networkTimeout) {
        this.source = source;
        this.networkTimeout = networkTimeout;
    }

    @Override
    public void write(List<Tally> tallies, Duration lasts) throws StoreException {
        // Whole seconds, rounded up: a tally that lasts too short would flicker.
        int seconds = Math.toIntExact(lasts.plusNanos(999_999_999).toSeconds());
        try (Connection connection = BoundedConnection.open(source, networkTimeout)) {
            for (Tally tally : tallies) {
                Upsert.run(() -> update(connection, tally, seconds), () -> insert(connection, tally, seconds));
            }
            sweep(connection);
        } catch (SQLException | RuntimeException error) {
            throw StoreErrors.unanswered("Writing the tallies of " + tallies.size() + " circuits", error);
        }
    }

    private static int update(Connection connection, Tally tally, int seconds) throws SQLException {
        return run(
                connection,
                "update tidegate_tally set epoch = ?, calls = ?, failures = ?, slow = ?, expires_at = " + END
                        + " where circuit = ? and instance = ?",
                tally,
                seconds);
    }

    private static int insert(Connection connection, Tally tally, int seconds) throws SQLException {
        return run(
                connection,
                "insert into tidegate_tally (epoch, calls, failures, slow, expires_at, circuit, instance)"
                        + " values (?, ?, ?, ?, " + END + ", ?, ?)",
                tally,
                seconds);
    }

    private static int run(Connection connection, String sql, Tally tally, int seconds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, tally.epoch());
            statement.setLong(2, tally.counts().calls());
            statement.setLong(3, tally.counts().failures());
            statement.setLong(4, tally.counts().slow());
            statement.setInt(5, seconds);
            statement.setString(6, tally.circuit().value());
            statement.setString(7, Storable.text(tally.instance()));
            return statement.executeUpdate();
        }
    }

    /** Instances have names of their own at each start: what the dead left behind would pile up. */
    private static void sweep(Connection connection) throws SQLException {
        String sql = "delete from tidegate_tally where expires_at < clock_timestamp() - interval '1' hour";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.executeUpdate();
        }
    }

    @Override
    public List<Tally> read() throws StoreException {
        String sql = "select circuit, instance, epoch, calls, failures, slow from tidegate_tally"
                + " where expires_at > clock_timestamp()";
        try (Connection connection = BoundedConnection.open(source, networkTimeout);
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            List<Tally> tallies = new ArrayList<>();
            while (rows.next()) {
                Counts counts = new Counts(rows.getLong(4), rows.getLong(5), rows.getLong(6));
                tallies.add(new Tally(new CircuitName(rows.getString(1)), rows.getString(2), rows.getLong(3), counts));
            }
            return List.copyOf(tallies);
        } catch (SQLException | RuntimeException error) {
            throw StoreErrors.unanswered("Reading the tallies", error);
        }
    }
}

package dev.tidegate.store;

import dev.tidegate.core.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Reports of instances in the database. Every answer is waited for at most the network timeout. Thread-safe. */
public final class JdbcInstanceReports implements InstanceReports {
    private static final System.Logger LOG = System.getLogger(JdbcInstanceReports.class.getName());
    private static final String END = "clock_timestamp() + cast(? as integer) * interval '1' second";

    private final DataSource source;
    private final Duration networkTimeout;

    /**
     * @param source with its own small pool; used outside transactions
     * @param networkTimeout the longest to wait for the answer to one statement
     */
    public JdbcInstanceReports(DataSource source, Duration networkTimeout) {
        this.source = source;
        this.networkTimeout = networkTimeout;
    }

    @Override
    public void write(String instance, String json, Duration lasts) throws StoreException {
        try (Connection connection = BoundedConnection.open(source, networkTimeout)) {
            Upsert.run(
                    () -> update(connection, instance, json, lasts), () -> insert(connection, instance, json, lasts));
            sweep(connection);
        } catch (SQLException | RuntimeException error) {
            throw StoreErrors.unanswered("Writing the report of instance " + instance, error);
        }
    }

    private static int update(Connection connection, String instance, String json, Duration lasts) throws SQLException {
        String sql = "update tidegate_instance set report = ?, at = clock_timestamp(), expires_at = " + END
                + " where instance = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, Storable.text(json));
            statement.setInt(2, seconds(lasts));
            statement.setString(3, instance);
            return statement.executeUpdate();
        }
    }

    private static int insert(Connection connection, String instance, String json, Duration lasts) throws SQLException {
        String sql = "insert into tidegate_instance (report, expires_at, instance, at)" + " values (?, " + END
                + ", ?, clock_timestamp())";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, Storable.text(json));
            statement.setInt(2, seconds(lasts));
            statement.setString(3, instance);
            return statement.executeUpdate();
        }
    }

    // Whole seconds, rounded up: a report that lasts too short would flicker.
    private static int seconds(Duration lasts) {
        return Math.toIntExact(lasts.plusNanos(999_999_999).toSeconds());
    }

    /** Instances have names of their own at each start: what the dead left behind would pile up. */
    private static void sweep(Connection connection) {
        String sql = "delete from tidegate_instance where expires_at < clock_timestamp() - interval '1' hour";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.executeUpdate();
        } catch (SQLException error) {
            // Another instance sweeps as well; this one's report is written.
            LOG.log(System.Logger.Level.DEBUG, "Reports of instances that are gone were not swept away", error);
        }
    }

    @Override
    public List<InstanceReport> read() throws StoreException {
        String sql = "select instance, report, at from tidegate_instance"
                + " where expires_at > clock_timestamp() order by instance";
        try (Connection connection = BoundedConnection.open(source, networkTimeout);
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            List<InstanceReport> reports = new ArrayList<>();
            while (rows.next()) {
                reports.add(new InstanceReport(
                        rows.getString(1), rows.getString(2), InstantColumn.read(rows.getObject(3))));
            }
            return List.copyOf(reports);
        } catch (SQLException | RuntimeException error) {
            throw StoreErrors.unanswered("Reading the reports of the instances", error);
        }
    }

    @Override
    public void remove(String instance) throws StoreException {
        String sql = "delete from tidegate_instance where instance = ?";
        try (Connection connection = BoundedConnection.open(source, networkTimeout);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, instance);
            statement.executeUpdate();
        } catch (SQLException | RuntimeException error) {
            throw StoreErrors.unanswered("Removing the report of instance " + instance, error);
        }
    }
}

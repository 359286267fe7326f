package dev.tidegate.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Sets the limits under which every statement of the store runs. */
final class BoundedConnection {
    private static final Duration LONGEST_ON_SERVER = Duration.ofSeconds(2);

    private BoundedConnection() {}

    /**
     * A connection in autocommit whose every answer is waited for at most that long. PostgreSQL itself ends a statement a
     * little before: one that nobody waits for any more would go on, wait for its lock, and keep one of the database's
     * connections from everybody.
     */
    static Connection open(DataSource source, Duration networkTimeout) throws SQLException {
        Connection connection = source.getConnection();
        try {
            limitNetwork(connection, networkTimeout);
            limitStatements(connection, networkTimeout);
            return connection;
        } catch (SQLException | RuntimeException unusable) {
            connection.close();
            throw unusable;
        }
    }

    /** The same for a write that is done only if this returns. */
    static Connection openToWrite(DataSource source, Duration networkTimeout, String what) throws NothingDoneException {
        try {
            return open(source, networkTimeout);
        } catch (SQLException | RuntimeException error) {
            throw StoreErrors.unasked(what, error);
        }
    }

    private static void limitStatements(Connection connection, Duration networkTimeout) throws SQLException {
        if (Dialect.of(connection) != Dialect.POSTGRESQL) {
            return;
        }
        try (PreparedStatement limit =
                connection.prepareStatement("select set_config('statement_timeout', ?, false)")) {
            limit.setString(1, millis(Math.max(1, networkTimeout.toMillis() * 9 / 10)));
            limit.execute();
        }
    }

    /** The only limit that holds on a network that has gone silent. Pools reset it, so it is set at every use. */
    static void limitNetwork(Connection connection, Duration networkTimeout) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(networkTimeout.toMillis()));
    }

    /**
     * Limits inside the server, for this transaction: an instance that freezes in it must not hold the row. The lock is
     * waited for shorter than the answer, so that the refusal is heard instead of a silence that says nothing.
     */
    static void limitTransaction(Connection connection, Duration networkTimeout) throws SQLException {
        if (Dialect.of(connection) != Dialect.POSTGRESQL) {
            return;
        }
        long lockMillis = Math.max(1, networkTimeout.toMillis() * 3 / 4);
        try (PreparedStatement limits = connection.prepareStatement("select set_config('statement_timeout', ?, true),"
                + " set_config('idle_in_transaction_session_timeout', ?, true), set_config('lock_timeout', ?, true)")) {
            limits.setString(1, millis(LONGEST_ON_SERVER.toMillis()));
            limits.setString(2, millis(LONGEST_ON_SERVER.toMillis()));
            limits.setString(3, millis(Math.min(lockMillis, LONGEST_ON_SERVER.toMillis())));
            limits.execute();
        }
    }

    private static String millis(long count) {
        return count + "ms";
    }
}

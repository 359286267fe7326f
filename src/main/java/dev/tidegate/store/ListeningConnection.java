package dev.tidegate.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * A connection that listens, checked whenever it was quiet: the driver by itself never notices a network that has gone
 * silent. Used by one thread, but for {@link #abort}.
 */
final class ListeningConnection implements AutoCloseable {
    private final Connection connection;
    private final PGConnection notifications;
    private final PostgresListener.Timing timing;

    private ListeningConnection(Connection connection, PGConnection notifications, PostgresListener.Timing timing) {
        this.connection = connection;
        this.notifications = notifications;
        this.timing = timing;
    }

    static ListeningConnection open(DataSource source, PostgresListener.Timing timing) throws SQLException {
        Connection connection = source.getConnection();
        try {
            connection.setAutoCommit(true);
            PGConnection notifications = connection.unwrap(PGConnection.class);
            ListeningConnection opened = new ListeningConnection(connection, notifications, timing);
            opened.execute("listen " + PostgresListener.CHANNEL);
            opened.execute("listen " + PostgresListener.WISHES);
            return opened;
        } catch (SQLException | RuntimeException unusable) {
            destroy(connection);
            throw unusable;
        }
    }

    /** Hands over what arrives within one poll; if nothing did, makes sure that something could have. */
    void await(Consumer<String> circuits, Runnable wishes) throws SQLException {
        PGNotification[] news =
                notifications.getNotifications(Math.toIntExact(timing.poll().toMillis()));
        if (news == null || news.length == 0) {
            execute("select 1");
            return;
        }
        for (PGNotification each : news) {
            if (each.getName().equals(PostgresListener.WISHES)) {
                wishes.run();
            } else {
                circuits.accept(each.getParameter());
            }
        }
    }

    private void execute(String sql) throws SQLException {
        int before = connection.getNetworkTimeout();
        BoundedConnection.limitNetwork(connection, timing.ping());
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        connection.setNetworkTimeout(Runnable::run, before);
    }

    /** Frees the thread that waits in {@link #await}, which then gets an SQLException. */
    void abort() {
        destroy(connection);
    }

    @Override
    public void close() {
        destroy(connection);
    }

    // Aborted before closed: a pool would give a dead connection out once more, and a live one would go on listening.
    private static void destroy(Connection connection) {
        try {
            connection.abort(Runnable::run);
            connection.close();
        } catch (SQLException | RuntimeException alreadyGone) {
            System.getLogger(ListeningConnection.class.getName())
                    .log(System.Logger.Level.DEBUG, "A listening connection was gone already", alreadyGone);
        }
    }
}

package dev.tidegate.it;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Other users of a database, who leave nobody a connection. For one test thread. */
final class Crowd implements AutoCloseable {
    private static final String TOO_MANY_CONNECTIONS = "53300";

    private final DataSource source;
    private final List<Connection> taken = new ArrayList<>();

    Crowd(DataSource source) {
        this.source = source;
    }

    /** Ends everybody else's connections and takes them; returns when nobody else has one. */
    void takeEveryConnection() {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    takeWhatIsFree();
                    return endedOfOthers() == 0;
                });
    }

    private void takeWhatIsFree() throws SQLException {
        while (true) {
            try {
                Connection connection = source.getConnection();
                taken.add(connection);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("set application_name = 'crowd'");
                }
            } catch (SQLException e) {
                if (TOO_MANY_CONNECTIONS.equals(e.getSQLState())) {
                    return;
                }
                throw e;
            }
        }
    }

    private int endedOfOthers() throws SQLException {
        try (Statement statement = taken.get(0).createStatement();
                ResultSet ended = statement.executeQuery("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where backend_type = 'client backend' and application_name <> 'crowd'")) {
            ended.next();
            return ended.getInt(1);
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection each : taken) {
            each.close();
        }
        taken.clear();
    }
}

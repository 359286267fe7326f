package dev.tidegate.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.HistoryEntry.Kind;
import dev.tidegate.fixture.PostgresServer;
import dev.tidegate.fixture.RunLength;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history so long that nobody may read through all of it: whatever is asked, its newest few are found by an index. */
class LongHistoryIT {
    private static final int ENTRIES = RunLength.of(50_000, 1_000_000);
    private static final int PAGE = 50;

    @Test
    void the_newest_entries_of_each_kind_are_found_without_reading_the_whole_history(@TempDir Path directory)
            throws Exception {
        try (PostgresServer server = PostgresServer.start(directory)) {
            new Schema(server.dataSource()).migrate();
            fill(server);
            HistoryLog log = new JdbcHistoryLog(server.dataSource(), Duration.ofSeconds(5));
            long before = readThrough(server);

            List<HistoryEntry> overrides = log.newest(of(Kind.OVERRIDE));
            List<HistoryEntry> transitions = log.newest(of(Kind.TRANSITION));
            List<HistoryEntry> all = log.newest(of(null));

            assertThat(overrides).hasSize(5).allMatch(entry -> entry.kind() == Kind.OVERRIDE);
            assertThat(transitions).hasSize(PAGE).allMatch(entry -> entry.kind() == Kind.TRANSITION);
            assertThat(all).hasSize(PAGE);
            assertThat(readThrough(server))
                    .as("times that the whole table was read")
                    .isEqualTo(before);
        }
    }

    private static HistoryLog.Query of(Kind kind) {
        return new HistoryLog.Query(null, null, null, kind, null, PAGE);
    }

    /** Five overrides, the oldest of all, in a history of transitions. */
    private static void fill(PostgresServer server) throws SQLException {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into tidegate_history (circuit, version, epoch, fence_token, kind, from_state,"
                    + " to_state, cause, instance, token, at, edge_epoch)"
                    + " select 'orders', n, n, 't', case when n > 5 then 'TRANSITION' else 'OVERRIDE' end, 'CLOSED',"
                    + " 'OPEN', 'FAILURE_RATIO', 'a', 't', clock_timestamp() - make_interval(secs => " + ENTRIES
                    + " - n), case when n > 5 then n end from generate_series(1, " + ENTRIES + ") n");
            statement.execute("analyze tidegate_history");
        }
    }

    private static long readThrough(PostgresServer server) throws SQLException {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            // Sessions tell their figures when they end; this one's own are told at once.
            statement.execute("select pg_stat_force_next_flush()");
            try (ResultSet rows = statement.executeQuery(
                    "select seq_tup_read from pg_stat_user_tables where relname = 'tidegate_history'")) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}

package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.fixture.LibertyServer;
import dev.tidegate.fixture.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real server whose PostgreSQL comes late, is killed and falls silent. It polls so seldom that what it knows at once it
 * has heard. The broker's address leads nowhere. One story, told in order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("full-length")
class StoreOutageIT {
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(60);
    // A poll, then a connection and an answer that do not come.
    private static final Duration NOTICED = POLL.plusSeconds(8);
    private static final String AWAY = "TIDEGATE2001";
    private static final String BACK = "TIDEGATE2002";

    private PostgresServer postgres;
    private LibertyServer server;

    @BeforeAll
    void launch(@TempDir Path directory) {
        postgres = PostgresServer.start(directory.resolve("postgres"));
        postgres.stop();
        server = new LibertyServer(
                "one",
                directory.resolve("one"),
                Map.of(
                        "TIDEGATE_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9",
                        "TIDEGATE_STORE_POLL_INTERVAL", POLL.toString(),
                        "DB_URL", postgres.jdbcUrl(),
                        "DB_USER", postgres.user(),
                        "DB_PASSWORD", postgres.password()));
        server.launch();
    }

    @AfterAll
    void end() {
        server.close();
        postgres.close();
    }

    @Test
    @Order(1)
    void a_start_without_a_store_waits_for_it_and_begins_by_itself() throws Exception {
        await().atMost(LONG.multipliedBy(2)).until(() -> server.status("/health/live") == 200);
        await().atMost(LONG).until(() -> told("TIDEGATE0005") > 0);
        assertThat(server.status("/health/ready")).isEqualTo(503);

        postgres.start();

        server.awaitStarted();
        await().atMost(LONG).untilAsserted(this::newsArriveAtOnce);
    }

    @Test
    @Order(2)
    void a_killed_store_is_told_once_and_listened_to_again_when_it_is_back() {
        postgres.kill();

        await().atMost(NOTICED).until(() -> told(AWAY) == 1);
        assertThat(server.status("/health/live")).isEqualTo(200);
        assertThat(server.get("/api/v1/circuits").statusCode()).isEqualTo(200);

        postgres.start();

        await().atMost(NOTICED).until(() -> told(BACK) == 1);
        await().atMost(LONG).untilAsserted(this::newsArriveAtOnce);
    }

    @Test
    @Order(3)
    void a_silent_store_is_told_once_and_listened_to_again_when_it_speaks() {
        postgres.freeze();
        try {
            await().atMost(NOTICED).until(() -> told(AWAY) == 2);
            assertThat(server.status("/health/live")).isEqualTo(200);
        } finally {
            postgres.thaw();
        }

        await().atMost(NOTICED).until(() -> told(BACK) == 2);
        await().atMost(LONG).untilAsserted(this::newsArriveAtOnce);
        assertThat(told(AWAY)).isEqualTo(2);
    }

    private long told(String event) {
        return server.log().stream().filter(line -> line.contains(event)).count();
    }

    /** Writes as another instance would, and sees it long before the next poll. */
    private void newsArriveAtOnce() throws SQLException {
        for (String state : new String[] {"OPEN", "CLOSED"}) {
            try (Connection connection = postgres.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("update tidegate_circuit set version = version + 1, epoch = epoch + 1,"
                        + " token = 'token-' || version, since = clock_timestamp(), state = '" + state + "',"
                        + " retry_at = case when '" + state
                        + "' = 'OPEN' then clock_timestamp() + interval '1 hour' end"
                        + " where name = 'drainer-1'");
                statement.execute("select pg_notify('tidegate', 'drainer-1')");
            }
            await().atMost(Duration.ofSeconds(2))
                    .until(() -> server.get("/api/v1/circuits/drainer-1")
                            .body()
                            .replace(" ", "")
                            .contains("\"state\":\"" + state + "\""));
        }
    }
}

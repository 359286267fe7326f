package dev.tidegate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.contract.Decide;
import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.StoreException;
import dev.tidegate.core.Subscription;
import dev.tidegate.core.WriteResult;
import dev.tidegate.fixture.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresOutageIT {
    private static final CircuitName CIRCUIT = new CircuitName("payments");
    private static final Duration HOUR = Duration.ofHours(1);
    // One second for the connection and one for the answer, and something for a busy machine.
    private static final Duration BOUND = Duration.ofMillis(3_500);

    private final Decide here = new Decide("here");
    private PostgresServer server;
    private StoreDatabase database;
    private JpaCircuitStore store;

    @BeforeEach
    void open(@TempDir Path directory) throws StoreException {
        server = PostgresServer.start(directory);
        database = StoreDatabase.postgres(server);
        store = database.store();
        store.create(Set.of(CIRCUIT));
    }

    @AfterEach
    void close() {
        database.close();
        server.close();
    }

    @Test
    void a_killed_database_is_answered_for_within_the_bound_and_used_again_when_it_is_back() throws Exception {
        CircuitRecord row = row();

        server.kill();

        neverHangs(row);
        server.start();
        await().atMost(Duration.ofSeconds(10)).until(() -> store.write(here.trip(row, HOUR)), this::isCommitted);
    }

    @Test
    void a_silent_database_is_answered_for_within_the_bound_and_used_again_when_it_speaks() throws Exception {
        CircuitRecord row = row();
        server.freeze();
        try {
            neverHangs(row);
            neverHangs(row);
        } finally {
            server.thaw();
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> store.write(here.trip(row, HOUR)), this::isCommitted);
    }

    @Test
    void a_database_that_takes_no_writes_is_unknown_and_its_connections_are_not_kept() throws Exception {
        CircuitRecord row = row();
        database.execute("alter system set default_transaction_read_only = on");
        database.execute("select pg_reload_conf()");
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> assertThat(store.write(here.trip(row, HOUR))).isInstanceOf(WriteResult.Unknown.class));
        assertThat(row()).as("reads go on").isEqualTo(row);
        assertThatThrownBy(() -> store.create(Set.of(CIRCUIT)))
                .as("this is how a link finds out")
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("read-only");

        writableAgain();

        await().atMost(Duration.ofSeconds(5)).until(() -> store.write(here.trip(row, HOUR)), this::isCommitted);
    }

    @Test
    void a_writer_that_froze_in_its_transaction_does_not_hold_the_row_for_long() throws Exception {
        CircuitRecord row = row();
        try (Connection frozen = database.source().getConnection();
                Statement statement = frozen.createStatement()) {
            frozen.setAutoCommit(false);
            BoundedConnection.limitTransaction(frozen, Duration.ofSeconds(1));
            statement.execute("update tidegate_circuit set version = version + 1 where name = 'payments'");

            assertThat(store.write(here.trip(row, HOUR)))
                    .as("refused by the server before the driver gives up")
                    .isInstanceOf(WriteResult.Conflict.class);
            await().atMost(Duration.ofSeconds(5)).until(() -> store.write(here.trip(row, HOUR)), this::isCommitted);
        }
    }

    @Test
    void a_listener_hears_again_after_a_kill_and_after_a_silence() throws Exception {
        Queue<CircuitName> heard = new ConcurrentLinkedQueue<>();
        try (Subscription listening = store.listen(heard::add)) {
            hears(heard);

            server.kill();
            server.start();
            hears(heard);

            server.freeze();
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            server.thaw();
            hears(heard);
            assertThat(listening).isNotNull();
        }
        assertThat(listenersLeft()).isZero();
    }

    @Test
    void instances_that_start_at_once_on_an_empty_database_all_find_it_migrated() throws Exception {
        database.execute("drop schema public cascade");
        database.execute("create schema public");

        SchemaTest.startedTogether(database.source());

        store.create(Set.of(CIRCUIT));
        assertThat(row().epoch()).isZero();
    }

    /** Told after the gap by itself, and of a change after that within the promised time. */
    private void hears(Queue<CircuitName> heard) {
        await().atMost(Duration.ofSeconds(15)).until(() -> heard.contains(CIRCUIT));
        heard.clear();
        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptionsInstanceOf(StoreException.class)
                .until(() -> store.write(here.reset(row())), this::isCommitted);
        await().atMost(Duration.ofSeconds(2)).until(() -> heard.contains(CIRCUIT));
        heard.clear();
    }

    private int listenersLeft() throws Exception {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select count(*) from pg_stat_activity where query ilike 'listen%' and pid <> pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void neverHangs(CircuitRecord row) {
        long before = System.nanoTime();
        assertThat(store.write(here.trip(row, HOUR))).isInstanceOf(WriteResult.Unknown.class);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(BOUND);

        before = System.nanoTime();
        assertThatThrownBy(store::read)
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("Reading the circuits failed: ");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(BOUND);
    }

    private void writableAgain() throws Exception {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute("alter system reset default_transaction_read_only");
            statement.execute("select pg_reload_conf()");
        }
    }

    private boolean isCommitted(WriteResult result) {
        return result instanceof WriteResult.Committed;
    }

    private CircuitRecord row() throws StoreException {
        return store.read().records().get(CIRCUIT);
    }
}

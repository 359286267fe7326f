package dev.tidegate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.HistoryEntry.Kind;
import dev.tidegate.core.StoreException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JdbcHistoryLogTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123456Z");
    private static final CircuitName ORDERS = new CircuitName("orders");
    private static final JdbcDataSource SOURCE = new JdbcDataSource();
    private final HistoryLog log = new JdbcHistoryLog(SOURCE, Duration.ofSeconds(1));

    @BeforeAll
    static void fill() throws Exception {
        SOURCE.setURL("jdbc:h2:mem:history-log;DB_CLOSE_DELAY=-1");
        new Schema(SOURCE).migrate();
        insert("orders", 1, Kind.TRANSITION, NOON);
        insert("stock", 1, Kind.TRANSITION, NOON.plusSeconds(1));
        insert("orders", 2, Kind.OVERRIDE, NOON.plusSeconds(2));
        insert("orders", 3, Kind.TRANSITION, NOON.minusSeconds(60));
    }

    @Test
    void of_all_circuits_the_newest_entry_is_first_by_time() throws StoreException {
        assertThat(versions(query(null, null, null, null, null, 10)))
                .containsExactly("orders 2", "stock 1", "orders 1", "orders 3");
    }

    @Test
    void of_one_circuit_the_version_orders_whatever_the_store_clock_did() throws StoreException {
        assertThat(versions(query(ORDERS, null, null, null, null, 10)))
                .containsExactly("orders 3", "orders 2", "orders 1");
    }

    @Test
    void pages_go_on_before_a_version() throws StoreException {
        assertThat(versions(query(ORDERS, null, null, null, null, 2))).containsExactly("orders 3", "orders 2");
        assertThat(versions(query(ORDERS, null, null, null, 2L, 2))).containsExactly("orders 1");
    }

    @Test
    void a_reader_too_many_is_turned_down_at_once_and_comes_in_when_another_has_left() throws Exception {
        CountDownLatch silent = new CountDownLatch(1);
        CountDownLatch reading = new CountDownLatch(JdbcHistoryLog.MOST_READERS);
        HistoryLog slow = new JdbcHistoryLog(slowly(reading, silent), Duration.ofSeconds(1));
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<List<HistoryEntry>>> answers = new ArrayList<>();
            for (int i = 0; i < JdbcHistoryLog.MOST_READERS; i++) {
                answers.add(threads.submit(() -> slow.newest(query(null, null, null, null, null, 10))));
            }
            reading.await();
            assertThatThrownBy(() -> slow.newest(query(null, null, null, null, null, 10)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("no more may at a time");

            silent.countDown();
            for (Future<List<HistoryEntry>> answer : answers) {
                assertThat(answer.get()).hasSize(4);
            }
            assertThat(slow.newest(query(null, null, null, null, null, 10))).hasSize(4);
        } finally {
            threads.shutdownNow();
        }
    }

    private static DataSource slowly(CountDownLatch reading, CountDownLatch until) {
        Class<?>[] types = {DataSource.class};
        return (DataSource) Proxy.newProxyInstance(DataSource.class.getClassLoader(), types, (proxy, method, none) -> {
            reading.countDown();
            until.await();
            return SOURCE.getConnection();
        });
    }

    @Test
    void from_is_included_and_to_is_not() throws StoreException {
        assertThat(versions(query(null, NOON, NOON.plusSeconds(2), null, null, 10)))
                .containsExactly("stock 1", "orders 1");
    }

    @Test
    void one_kind_alone_is_found() throws StoreException {
        assertThat(versions(query(null, null, null, Kind.OVERRIDE, null, 10))).containsExactly("orders 2");
    }

    @Test
    void an_entry_is_read_as_it_was_written() throws StoreException {
        HistoryEntry entry = log.newest(query(ORDERS, null, null, null, 2L, 1)).get(0);

        assertThat(entry.at()).isEqualTo(NOON);
        assertThat(entry.fence().epoch()).isEqualTo(1);
        assertThat(entry.from()).isEqualTo("CLOSED");
        assertThat(entry.detail()).isNull();
    }

    @Test
    void a_store_that_is_away_is_told_as_that() {
        JdbcDataSource nowhere = new JdbcDataSource();
        nowhere.setURL("jdbc:h2:mem:nowhere;IFEXISTS=TRUE");

        assertThatThrownBy(() -> new JdbcHistoryLog(nowhere, Duration.ofSeconds(1))
                        .newest(query(null, null, null, null, null, 1)))
                .isInstanceOf(StoreException.class);
    }

    private static HistoryLog.Query query(
            CircuitName circuit, Instant from, Instant to, Kind kind, Long before, int limit) {
        return new HistoryLog.Query(circuit, from, to, kind, before, limit);
    }

    private List<String> versions(HistoryLog.Query query) throws StoreException {
        return log.newest(query).stream()
                .map(entry -> entry.circuit() + " " + entry.version())
                .toList();
    }

    private static void insert(String circuit, long version, Kind kind, Instant at) throws SQLException {
        try (Connection connection = SOURCE.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into tidegate_history (circuit, version,"
                        + " epoch, fence_token, edge_epoch, kind, from_state, to_state, cause, instance, token, at)"
                        + " values (?, ?, ?, 't', ?, ?, 'CLOSED', 'OPEN', 'CONSECUTIVE_FAILURES', 'node-1', ?, ?)")) {
            insert.setString(1, circuit);
            insert.setLong(2, version);
            insert.setLong(3, version);
            insert.setObject(4, kind == Kind.TRANSITION ? version : null);
            insert.setString(5, kind.name());
            insert.setString(6, circuit + version);
            insert.setTimestamp(7, Timestamp.from(at));
            insert.executeUpdate();
        }
    }
}

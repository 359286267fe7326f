package dev.tidegate.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Failure;
import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.Permit;
import dev.tidegate.core.StoreException;
import dev.tidegate.fixture.PostgresServer;
import dev.tidegate.fixture.RunLength;
import dev.tidegate.fixture.TestCircuits;
import dev.tidegate.guard.Circuit;
import dev.tidegate.store.StoreDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The trouble of eclipse-ee4j/eclipselink#2248 and #2319: a shared cache gave false lock exceptions, hid another node's
 * update, and gave up cloning under load. Here two instances trip and close sixteen circuits without rest over one
 * PostgreSQL, and somebody changes versions by hand.
 */
@Timeout(900)
@Tag("full-length")
class RestlessCircuitsIT {
    private static final Duration RUN = RunLength.of(Duration.ofSeconds(8), Duration.ofMinutes(10));
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final List<CircuitName> CIRCUITS = IntStream.range(0, 16)
            .mapToObj(number -> new CircuitName("circuit-" + number))
            .toList();
    private static final CircuitPolicy POLICY = new CircuitPolicy(
            1,
            null,
            Duration.ofMinutes(1),
            1,
            Duration.ofMillis(200),
            1,
            Duration.ofMillis(200),
            1,
            1,
            10,
            Duration.ofSeconds(1),
            Duration.ofSeconds(4));

    private final ExecutorService threads = Executors.newFixedThreadPool(CIRCUITS.size());

    @Test
    void sixteen_circuits_that_trip_and_close_without_rest_leave_one_history_each_and_one_view(@TempDir Path directory)
            throws Exception {
        try (PostgresServer server = PostgresServer.start(directory);
                StoreDatabase database = StoreDatabase.postgres(server);
                TestCircuits a = new TestCircuits("a", database.store(), POLICY);
                TestCircuits b = new TestCircuits("b", database.store(), POLICY)) {
            long end = System.nanoTime() + RUN.toNanos();
            List<Future<?>> all = CIRCUITS.stream()
                    .<Future<?>>map(name -> threads.submit(() -> trouble(name, a, b, end)))
                    .toList();
            while (System.nanoTime() < end) {
                byHand(server);
                await().pollDelay(RUN.dividedBy(8)).atMost(LONG).until(() -> true);
            }
            for (Future<?> each : all) {
                each.get(LONG.toSeconds(), TimeUnit.SECONDS);
            }

            await().atMost(LONG).until(() -> isSeenAlike(database, a, b));
            for (CircuitName name : CIRCUITS) {
                checkHistory(database, name);
            }
            assertThat(Stream.of(a, b).map(TestCircuits::events))
                    .as("no conflict is taken for an outage")
                    .noneMatch(events -> events.stream().anyMatch(event -> event instanceof String));
        } finally {
            threads.shutdownNow();
        }
    }

    /** Calls on both by turns: the first of an epoch fails, a probe succeeds. */
    private static void trouble(CircuitName name, TestCircuits a, TestCircuits b, long end) {
        List<Circuit> both = List.of(a.circuit(name.value()), b.circuit(name.value()));
        for (int turn = 0; System.nanoTime() < end; turn++) {
            Circuit circuit = both.get(turn % 2);
            if (circuit.acquire() instanceof Permit.Granted granted) {
                if (granted.isProbe()) {
                    granted.success();
                } else {
                    granted.failure(new Failure("scripted"));
                }
            }
            await().pollDelay(Duration.ofMillis(20)).until(() -> true);
        }
    }

    private static void byHand(PostgresServer server) throws Exception {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update tidegate_circuit set version = version + 1");
        }
    }

    private static boolean isSeenAlike(StoreDatabase database, TestCircuits a, TestCircuits b) throws StoreException {
        Map<CircuitName, CircuitRecord> rows = database.store().read().records();
        return CIRCUITS.stream()
                .allMatch(name -> Stream.of(a, b)
                        .allMatch(one ->
                                one.circuit(name.value()).snapshot().record().equals(rows.get(name))));
    }

    private static void checkHistory(StoreDatabase database, CircuitName name) throws StoreException {
        List<HistoryEntry> newestFirst = database.store().history(name, 100_000, null);
        CircuitRecord row = database.store().read().records().get(name);
        assertThat(newestFirst).as("%s moved", name).hasSizeGreaterThan(3);
        assertThat(newestFirst.get(0).fence()).isEqualTo(row.fence());
        long epoch = newestFirst.size();
        String after = row.state().name();
        for (HistoryEntry edge : newestFirst) {
            assertThat(edge.fence().epoch()).as("epoch of %s", edge).isEqualTo(epoch--);
            assertThat(edge.to()).as("%s leads to what followed", edge).isEqualTo(after);
            after = edge.from();
        }
    }
}

package dev.tidegate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.StoreException;
import dev.tidegate.fixture.PostgresServer;
import dev.tidegate.fixture.RunLength;
import dev.tidegate.fixture.TcpProxy;
import dev.tidegate.fixture.TestCircuits;
import dev.tidegate.guard.Circuit;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Callers on circuits that trip and close all the time, over the real store on a real PostgreSQL that lets them down in
 * every way. What is measured is how long a caller was kept, by a clock of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoCallerWaitsForTheStoreIT {
    private static final Duration FAULT = RunLength.of(Duration.ofMillis(2_500), Duration.ofSeconds(60));
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration CLAIM_WAITS = Duration.ofMillis(250);
    // A thread that is due shares the processors with all others that became due meanwhile.
    private static final Duration TO_RUN = Duration.ofMillis(50);
    // One second for a connection, one for its answer, and one for a busy machine.
    private static final Duration THREAD_HANGS = Duration.ofSeconds(3);

    private final long seed = System.nanoTime();
    private PostgresServer server;
    private TcpProxy network;
    private StoreDatabase database;
    private TimedStore store;
    private TestCircuits instance;
    private List<Circuit> circuits;
    private Callers callers;

    private interface Act {
        void run() throws Exception;
    }

    @BeforeAll
    void start(@TempDir Path directory) throws StoreException {
        server = PostgresServer.start(directory);
        network = TcpProxy.to(server.port());
        database = StoreDatabase.postgres(server, network);
    }

    @AfterAll
    void end() {
        database.close();
        network.close();
        server.close();
    }

    @BeforeEach
    void join() {
        store = new TimedStore(database.store());
        instance = new TestCircuits("a", store, TestCircuits.quick());
        circuits = Stream.of("one", "two", "three", "four")
                .map(name -> instance.circuit(name))
                .toList();
        circuits.forEach(circuit ->
                await().atMost(LONG).until(() -> circuit.snapshot().record().version() >= 0));
        callers = Callers.start(seed, circuits);
        await().atMost(LONG).until(() -> callers.probes() > 4);
    }

    @AfterEach
    void leave() throws InterruptedException {
        network.heal();
        callers.end();
        instance.close();
    }

    @Test
    void on_a_network_that_went_silent_both_ways() throws Exception {
        nobodyWaitsLongAnd(network::blackHole, network::heal);

        assertThat(outages()).isOne();
        assertThat(store.longest()).isLessThan(THREAD_HANGS);
    }

    @Test
    void on_a_network_that_brings_no_answer() throws Exception {
        nobodyWaitsLongAnd(() -> network.blackHole(TcpProxy.Way.TO_CLIENT), network::heal);

        assertThat(outages()).isOne();
        assertThat(store.longest()).isLessThan(THREAD_HANGS);
    }

    @Test
    void on_a_network_that_brings_answers_later_than_a_claim_waits() throws Exception {
        nobodyWaitsLongAnd(() -> network.delay(Duration.ofMillis(400)), network::heal);

        assertThat(callers.longest()).as("seed %d: a claim waited", seed).isGreaterThan(CLAIM_WAITS.minusMillis(20));
    }

    @Test
    void on_a_database_whose_processes_are_frozen() throws Exception {
        nobodyWaitsLongAnd(server::freeze, server::thaw);

        assertThat(outages()).isOne();
        assertThat(store.longest()).isLessThan(THREAD_HANGS);
    }

    @Test
    void on_a_table_that_somebody_else_has_locked() throws Exception {
        try (Connection other = database.source().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            nobodyWaitsLongAnd(
                    () -> statement.execute("lock table tidegate_circuit in access exclusive mode"), other::rollback);
        }
        assertThat(outages()).isOne();
        assertThat(store.longest()).isLessThan(THREAD_HANGS);
    }

    @Test
    void on_a_pool_that_has_no_connection_left() throws Exception {
        List<AutoCloseable> taken = new ArrayList<>();
        nobodyWaitsLongAnd(
                () -> taken.add(database.exhaust()), () -> taken.remove(0).close());

        assertThat(outages()).isOne();
        assertThat(store.longest()).isLessThan(THREAD_HANGS);
    }

    /** Then, after it, everything that was decided joins the one history. */
    private void nobodyWaitsLongAnd(Act begin, Act end) throws Exception {
        callers.measureAnew();
        try {
            begin.run();
            long until = System.nanoTime() + FAULT.toNanos();
            await().atMost(FAULT.plus(LONG)).until(() -> System.nanoTime() - until > 0);
        } finally {
            end.run();
        }
        await().atMost(LONG).until(() -> !instance.link().outage().isAway());

        assertThat(callers.calls()).as("seed %d", seed).isGreaterThan(1_000);
        assertThat(callers.longest())
                .as("seed %d, longest of %d calls, %d of them probes", seed, callers.calls(), callers.probes())
                .isLessThan(CLAIM_WAITS.plus(TO_RUN).plus(callers.hiccup()));
        callers.end();
        for (Circuit circuit : circuits) {
            joinsOneHistory(circuit);
        }
    }

    private void joinsOneHistory(Circuit circuit) throws StoreException {
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(circuit.snapshot().pending()).isFalse();
            assertThat(circuit.snapshot().record().fence())
                    .as("seed %d", seed)
                    .isEqualTo(row(circuit.name()).fence());
        });
        List<Long> epochs = store.history(circuit.name(), 1_000_000, null).stream()
                .filter(entry -> entry.kind() == HistoryEntry.Kind.TRANSITION)
                .map(entry -> entry.fence().epoch())
                .sorted()
                .toList();
        assertThat(epochs)
                .as("seed %d, %s", seed, circuit.name())
                .isEqualTo(LongStream.rangeClosed(1, row(circuit.name()).epoch())
                        .boxed()
                        .toList());
    }

    private CircuitRecord row(CircuitName circuit) throws StoreException {
        return store.read().records().get(circuit);
    }

    private long outages() {
        return instance.events().stream()
                .filter(event -> event.toString().startsWith("away"))
                .count();
    }
}

package dev.tidegate.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.FleetBench;
import dev.tidegate.bench.RepeatedCalls;
import dev.tidegate.bench.SteadyTraffic;
import dev.tidegate.bench.Verdict;
import dev.tidegate.demo.downstream.Fault;
import dev.tidegate.fixture.LibertyServer;
import dev.tidegate.fixture.RunLength;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The trouble of PostHog/posthog#46457: the readiness probe waited for a pooled connection, so busy instances were taken out of
 * service in a cascade. Here thirty readers go through a long history without end, pools have two connections each, and the
 * tables are locked; probes, draining and the circuit's own connections must not notice the readers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StarvedPoolIT {
    private static final System.Logger LOG = System.getLogger(StarvedPoolIT.class.getName());
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int READERS = 30;
    private static final int ROWS = RunLength.of(100_000, 1_000_000);
    private static final Duration EACH = RunLength.of(Duration.ofSeconds(4), Duration.ofSeconds(30));
    /** Two pools of two, the listener, and one of each that was just given up. */
    private static final int MOST_CONNECTIONS = 10;

    private static final Duration PROBE_LIMIT = Duration.ofSeconds(1);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(5);
    private static final String ONE_CIRCUIT = "/api/v1/circuits/orders/history?limit=500";
    private static final String ALL_CIRCUITS = "/api/v1/history?kind=TRANSITION&limit=500";

    private FleetBench bench;
    private LibertyServer server;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        bench = FleetBench.prepare(
                directory, List.of("a"), Map.of("DB_PROTOCOL_CONNECTIONS", "2", "DB_READ_CONNECTIONS", "2"));
        bench.launch();
        server = bench.instances().get(0);
        try (Connection connection = bench.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "insert into tidegate_history (circuit, version, epoch, fence_token, kind, from_state,"
                            + " to_state, cause, detail, actor, instance, token, at) select 'orders', -n, 0, 't', 'OVERRIDE',"
                            + " 'CLOSED', 'CLOSED', 'RESET', repeat('x', 100), 'somebody', 'long-ago', 't',"
                            + " clock_timestamp() - n * interval '1 second' from generate_series(1, " + ROWS + ") n");
            statement.executeUpdate("analyze tidegate_history");
        }
    }

    @AfterAll
    void end() {
        bench.close();
    }

    @Test
    void readers_of_the_history_blind_neither_probes_nor_drainers_nor_circuits() throws Exception {
        assertThat(server.get("/api/v1/circuits/orders/history?limit=501").statusCode())
                .isEqualTo(400);
        try (SteadyTraffic traffic = bench.traffic()) {
            await().atMost(LONG).until(() -> bench.handledCount() >= 100);
            assertThatACircuitIsShared();
            phase("read", "");
            phase("circuit locked", "lock table tidegate_circuit in access exclusive mode");
            phase(
                    "all locked",
                    "lock table tidegate_circuit, tidegate_history, tidegate_instance in access exclusive mode");
            new Verdict(bench).awaitAfter(traffic);
        }
    }

    /** Probes each half second and thirty readers; what is locked stays so for that time. */
    private void phase(String name, String lock) throws SQLException {
        RepeatedCalls probes = RepeatedCalls.begin(
                server, 1, Duration.ofMillis(500), "/health/live", "/health/ready", "/health/started");
        RepeatedCalls readers = RepeatedCalls.begin(server, READERS, Duration.ZERO, ONE_CIRCUIT, ALL_CIRCUITS);
        double perSecond;
        try (probes;
                readers) {
            perSecond = recordsPerSecond(lock);
        }
        LOG.log(
                System.Logger.Level.INFO,
                "{0}: {1} records/s; probes {2}; readers {3}",
                name,
                perSecond,
                probes,
                readers);
        assertThat(probes.longest()).as("%s: longest probe of %s", name, probes).isLessThan(PROBE_LIMIT);
        assertThat(probes.statusesOf("/health/live")).as("%s: live", name).containsOnlyKeys(200);
        assertThat(readers.longest())
                .as("%s: longest call of %s", name, readers)
                .isLessThan(CALL_LIMIT);
        assertThat(readers.statuses().keySet()).as("%s: statuses", name).isSubsetOf(200, 503);
        assertThat(readers.typesOf(503)).as("%s: what 503 is told by", name).isSubsetOf("application/problem+json");
        assertThat(perSecond).as("%s: records per second", name).isGreaterThan(0.9 * SteadyTraffic.PER_SECOND);
    }

    private double recordsPerSecond(String lock) throws SQLException {
        try (Connection connection = bench.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            if (!lock.isEmpty()) {
                statement.execute(lock);
            }
            long before = bench.handledCount();
            long begin = System.nanoTime();
            LockSupport.parkNanos(EACH.toNanos());
            assertThat(connections()).as("connections of the instance").isLessThanOrEqualTo(MOST_CONNECTIONS);
            double perSecond = (bench.handledCount() - before) * 1e9 / (System.nanoTime() - begin);
            connection.rollback();
            return perSecond;
        }
    }

    /** Those of the instance to the database: not this test's two. */
    private int connections() {
        String all = "select count(*) from pg_stat_activity where backend_type = 'client backend'";
        return Integer.parseInt(bench.query(all).get(0)) - 2;
    }

    // While the readers take every connection that is theirs, a trip is still written by those of the protocol.
    private void assertThatACircuitIsShared() {
        try (RepeatedCalls readers = RepeatedCalls.begin(server, READERS, Duration.ZERO, ONE_CIRCUIT, ALL_CIRCUITS)) {
            bench.downstream().fault(FleetBench.DRAINER, Fault.error(503));
            await("a trip is written").atMost(LONG).until(() -> bench.row().startsWith("OPEN"));
            bench.downstream().fault(FleetBench.DRAINER, Fault.NONE);
            await("and its end").atMost(LONG).until(() -> bench.row().startsWith("CLOSED"));
            await("what waited is handled")
                    .atMost(LONG)
                    .until(() -> bench.offsets().lag() < SteadyTraffic.PER_SECOND);
            assertThat(readers.statuses()).isNotEmpty();
        }
    }
}

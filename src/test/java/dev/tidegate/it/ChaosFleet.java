package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.FleetBench;
import dev.tidegate.bench.SteadyTraffic;
import dev.tidegate.bench.Verdict;
import dev.tidegate.demo.downstream.Call;
import dev.tidegate.demo.downstream.Fault;
import dev.tidegate.demo.downstream.Outcome;
import dev.tidegate.fixture.LibertyServer;
import dev.tidegate.fixture.TcpProxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/** Two real servers, a and b, that everything under them lets down, and what is asked of them then. For one test thread. */
final class ChaosFleet implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(60);
    static final String STORE_AWAY = "TIDEGATE2001";
    static final String STORE_BACK = "TIDEGATE2002";
    // Fifty records come each second; the rest is for a busy machine.
    private static final Duration LONGEST_GAP = Duration.ofSeconds(2);

    private final FleetBench bench;
    private final Verdict verdict;

    interface Act {
        void run() throws Exception;
    }

    private ChaosFleet(FleetBench bench) {
        this.bench = bench;
        this.verdict = new Verdict(bench);
    }

    static ChaosFleet start(Path directory) throws Exception {
        return new ChaosFleet(FleetBench.start(directory));
    }

    FleetBench bench() {
        return bench;
    }

    Verdict verdict() {
        return verdict;
    }

    LibertyServer a() {
        return bench.instances().get(0);
    }

    LibertyServer b() {
        return bench.instances().get(1);
    }

    /** Under traffic: goes on without a gap, tells of the outage once on each instance and of its end once, loses nothing. */
    void outlivesOneStoreOutage(Duration lasts, Act begin, Act end) throws Exception {
        try (SteadyTraffic traffic = bench.traffic()) {
            awaitHandled(50);
            List<Long> away = told(STORE_AWAY);
            List<Long> back = told(STORE_BACK);
            begin.run();

            awaitOneMore(STORE_AWAY, away);
            drainsWithoutGapFor(lasts);
            end.run();

            awaitOneMore(STORE_BACK, back);
            verdict.awaitAfter(traffic);
            awaitFreshReports();
            assertThat(told(STORE_AWAY)).isEqualTo(oneMore(away));
            assertThat(told(STORE_BACK)).isEqualTo(oneMore(back));
        }
    }

    /** Returns when each instance told that event once more than before. */
    void awaitOneMore(String event, List<Long> before) {
        await().atMost(LONG).untilAsserted(() -> assertThat(told(event)).isEqualTo(oneMore(before)));
    }

    /** Each instance tells the fleet of itself again and again, with connections that are not the protocol's. */
    void awaitFreshReports() {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(
                                bench.query("select instance from tidegate_instance where at > clock_timestamp()"
                                        + " - interval '4' second order by instance"))
                        .containsExactly("a", "b"));
    }

    /** Ends what a test that failed has left behind. */
    void mend() throws SQLException {
        bench.members().stream().flatMap(FleetBench.Member::networks).forEach(TcpProxy::heal);
        bench.instances().forEach(LibertyServer::thaw);
        bench.downstream().fault(FleetBench.DRAINER, Fault.NONE);
        takesWrites(true);
    }

    /** Whether the database takes any; connections that are open stay so. */
    void takesWrites(boolean writes) throws SQLException {
        sql(
                "set default_transaction_read_only = off",
                writes
                        ? "alter system reset default_transaction_read_only"
                        : "alter system set default_transaction_read_only = on",
                "select pg_reload_conf()");
        String expected = writes ? "off" : "on";
        await().atMost(LONG)
                .until(() -> bench.query("show default_transaction_read_only").equals(List.of(expected)));
        // Other sessions are told at the same time, and act by it from their next statement on.
        pause(Duration.ofMillis(500));
    }

    /** By the downstream's own log. */
    void drainsWithoutGapFor(Duration time) {
        long from = System.nanoTime();
        pause(time);
        long until = System.nanoTime();
        long[] moments = LongStream.concat(
                        LongStream.of(from, until),
                        bench.downstream().calls(FleetBench.DRAINER).stream()
                                .filter(call -> call.outcome() == Outcome.DONE)
                                .mapToLong(Call::endNanos)
                                .filter(end -> end - from > 0 && until - end > 0))
                .sorted()
                .toArray();
        long longest = 0;
        for (int i = 1; i < moments.length; i++) {
            longest = Math.max(longest, moments[i] - moments[i - 1]);
        }
        assertThat(Duration.ofNanos(longest))
                .as("longest time in which no record was handled")
                .isLessThan(LONGEST_GAP);
    }

    /** The downstream fails from now on; returns when both instances act by that. */
    void tripsEverywhere() {
        bench.downstream().fault(FleetBench.DRAINER, Fault.error(503));
        awaitState("OPEN");
    }

    void tripsAndMendsEverywhere() {
        tripsEverywhere();
        bench.downstream().fault(FleetBench.DRAINER, Fault.NONE);
        awaitHandled(50);
        awaitState("CLOSED");
    }

    void awaitState(String state) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(bench.circuitStates()).containsOnly(state));
    }

    void circuitStaysClosedFor(Duration time) {
        await().during(time)
                .atMost(time.plusSeconds(2))
                .untilAsserted(() -> assertThat(bench.circuitStates()).containsOnly("CLOSED"));
    }

    void answersSoonFromMemory() {
        for (LibertyServer instance : bench.instances()) {
            for (String path : List.of("/api/v1/circuits/orders", "/api/v1/drainers/orders", "/health/live")) {
                long asked = System.nanoTime();
                assertThat(instance.get(path).statusCode()).as(path).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - asked))
                        .as(path + " of " + instance.name())
                        .isLessThan(Duration.ofSeconds(1));
            }
        }
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }

    void awaitBothOwn() {
        await().atMost(LONG).untilAsserted(() -> assertThat(bench.owners(b())).containsOnlyKeys("a", "b"));
    }

    void awaitHandled(int more) {
        long before = bench.handledCount();
        await().atMost(LONG).until(() -> bench.handledCount() >= before + more);
    }

    /** How often each instance told that event. */
    List<Long> told(String event) {
        return List.of(bench.told(a(), event), bench.told(b(), event));
    }

    static List<Long> oneMore(List<Long> counts) {
        return counts.stream().map(count -> count + 1).toList();
    }

    /** In one session of the database, each by itself. */
    void sql(String... statements) throws SQLException {
        try (Connection connection = bench.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** For as long as something is meant to last. */
    static void pause(Duration time) {
        await().pollDelay(time).atMost(time.plus(LONG)).until(() -> true);
    }

    @Override
    public void close() {
        bench.close();
    }
}

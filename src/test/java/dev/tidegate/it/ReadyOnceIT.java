package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.FleetBench;
import dev.tidegate.bench.FleetBench.Member;
import dev.tidegate.bench.HealthWatch;
import dev.tidegate.bench.HealthWatch.Answer;
import dev.tidegate.bench.SteadyTraffic;
import dev.tidegate.bench.Verdict;
import dev.tidegate.fixture.LibertyServer;
import dev.tidegate.fixture.RunLength;
import dev.tidegate.fixture.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The trouble of OpenLiberty/open-liberty#26195: for a moment of its start an instance said that it was ready, then that it
 * was not, and the orchestrator killed it. Here three instances start at once on an empty database, each meets its database
 * and its broker in another order, and health is asked every 20 ms from the first moment on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReadyOnceIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String STORE_IS_MISSED = "TIDEGATE0005";
    private static final String BROKER_IS_MISSED = "TIDEGATE3002";
    private static final String BROKER_ANSWERS = "TIDEGATE3003";
    private static final String STARTED = "TIDEGATE0002";

    private FleetBench bench;

    @BeforeAll
    void prepare(@TempDir Path directory) throws Exception {
        bench = FleetBench.prepare(directory, List.of("a", "b", "c"), Map.of());
    }

    @AfterAll
    void end() {
        bench.close();
    }

    /** One start of one instance, as an orchestrator sees it. */
    private final class Start implements AutoCloseable {
        final Member member;
        final HealthWatch ready;
        final HealthWatch started;
        private final long saidBefore;

        Start(Member member) {
            this.member = member;
            this.ready = HealthWatch.over(member.server(), "/health/ready");
            this.started = HealthWatch.over(member.server(), "/health/started");
            this.saidBefore = bench.told(member.server(), STARTED);
            member.toDatabase().cut();
            member.toKafka().cut();
            member.server().launch();
        }

        LibertyServer server() {
            return member.server();
        }

        void awaitMissed(String... checks) {
            await(server().name() + " misses " + List.of(checks)).atMost(LONG).untilAsserted(() -> {
                assertThat(ready.last().status()).isEqualTo(503);
                assertThat(ready.last().down()).containsExactlyInAnyOrder(checks);
            });
        }

        void awaitReady() {
            await(server().name() + " is ready")
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(ready.last().status())
                            .as(ready.last().body())
                            .isEqualTo(200));
        }

        /** Whatever came in which order. */
        void wasReadyOnce() {
            assertThat(bench.told(server(), STARTED)).isEqualTo(saidBefore + 1);
            for (HealthWatch watch : List.of(ready, started)) {
                assertThat(watch.statuses())
                        .as(server().name())
                        .endsWith(503, 200)
                        .doesNotHaveDuplicates();
            }
            Answer first = first(ready, answer -> answer.status() == 200);
            assertThat(first.says("drainers", FleetBench.DRAINER)).isNotIn("", "WAITING");
            assertThat(ready.changes())
                    .filteredOn(answer -> answer.status() == 503
                            && !answer.says("started", "phase").isEmpty())
                    .isNotEmpty()
                    .allSatisfy(answer -> assertThat(answer.down()).isNotEmpty());
        }

        @Override
        public void close() {
            ready.close();
            started.close();
        }
    }

    private static Answer first(HealthWatch watch, Predicate<Answer> is) {
        return watch.changes().stream().filter(is).findFirst().orElseThrow();
    }

    @Test
    @Order(1)
    void each_instance_says_what_it_misses_and_becomes_ready_once_in_whatever_order_that_comes() throws Exception {
        try (Start databaseFirst = new Start(bench.member(0));
                Start brokerFirst = new Start(bench.member(1));
                Start bothAtOnce = new Start(bench.member(2));
                SteadyTraffic traffic = bench.traffic()) {
            List<Start> all = List.of(databaseFirst, brokerFirst, bothAtOnce);
            for (Start start : all) {
                start.awaitMissed("started", "store", "kafka", "drainers");
                await().atMost(LONG).until(() -> bench.told(start.server(), STORE_IS_MISSED) > 0);
                await().atMost(LONG).until(() -> bench.told(start.server(), BROKER_IS_MISSED) > 0);
                assertThat(start.server().status("/health/live")).isEqualTo(200);
            }

            databaseFirst.member.toDatabase().heal();
            brokerFirst.member.toKafka().heal();
            bothAtOnce.member.networks().forEach(TcpProxy::heal);
            databaseFirst.awaitMissed("kafka", "drainers");
            brokerFirst.awaitMissed("started", "store", "drainers");
            bothAtOnce.awaitReady();
            databaseFirst.member.toKafka().heal();
            brokerFirst.member.toDatabase().heal();
            all.forEach(Start::awaitReady);

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(bench.owners(brokerFirst.server()))
                            .isEqualTo(Map.of("a", 2L, "b", 2L, "c", 2L)));
            new Verdict(bench).awaitAfter(traffic);
            all.forEach(Start::wasReadyOnce);
            assertThat(bench.instances()).allSatisfy(instance -> {
                assertThat(bench.told(instance, BROKER_IS_MISSED)).isEqualTo(1);
                assertThat(bench.told(instance, BROKER_ANSWERS)).isEqualTo(1);
            });
        }
    }

    /** At full length only: the database comes after 30 s, the broker after 45 s, ten times. */
    @Test
    @Order(2)
    void a_start_that_waits_long_becomes_ready_once() {
        int starts = RunLength.of(0, 10);
        Assumptions.assumeTrue(starts > 0, "at full length only");
        for (int i = 0; i < starts; i++) {
            bench.member(0).server().stop();
            try (Start start = new Start(bench.member(0))) {
                long begun = System.nanoTime();
                awaitPassed(begun, Duration.ofSeconds(30));
                start.member.toDatabase().heal();
                awaitPassed(begun, Duration.ofSeconds(45));
                start.member.toKafka().heal();
                start.awaitReady();
                awaitPassed(System.nanoTime(), Duration.ofSeconds(5));
                start.wasReadyOnce();
            }
        }
    }

    private static void awaitPassed(long sinceNanos, Duration time) {
        await().atMost(time.plusSeconds(5)).until(() -> System.nanoTime() - sinceNanos >= time.toNanos());
    }
}

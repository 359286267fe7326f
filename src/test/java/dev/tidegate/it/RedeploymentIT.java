package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.FleetBench;
import dev.tidegate.bench.LoadedApplication;
import dev.tidegate.bench.SteadyTraffic;
import dev.tidegate.bench.Verdict;
import dev.tidegate.fixture.KafkaLogin;
import dev.tidegate.fixture.LibertyServer;
import dev.tidegate.fixture.RunLength;
import dev.tidegate.fixture.ServerHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The troubles of apache/kafka#23393 and opensearch-project/OpenSearch#18297: Kafka's log-in looks for its classes in the
 * thread's loader and is remembered for the whole JVM, so that after one of two deployments stopped nobody could log in any
 * more. The WAR is replaced again and again in a running server, and stands beside a copy of itself, under traffic.
 */
class RedeploymentIT {
    private static final int TIMES = 5;
    // The server's loggers keep the class that first asked for them, and with it its loader: one more old application
    // stays, as long as there are loggers that no earlier deployment asked for.
    private static final int UNTIL_ALL_LOGGERS_ARE_KNOWN = 3;
    private static final int BEFORE = RunLength.of(1, UNTIL_ALL_LOGGERS_ARE_KNOWN);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration GOES_ON = RunLength.of(Duration.ofSeconds(5), Duration.ofMinutes(10));
    private static final String COPY = "copy";
    private static final String UPDATED = "CWWKZ0003I";

    @TempDir
    Path directory;

    static Stream<KafkaLogin> logins() {
        return Stream.of(KafkaLogin.PLAIN, KafkaLogin.SCRAM).limit(RunLength.of(1, 2));
    }

    @ParameterizedTest
    @MethodSource("logins")
    void five_redeployments_lose_no_record_and_leave_no_thread_and_no_class_loader_behind(KafkaLogin login)
            throws Exception {
        ServerHome home = ServerHome.copyTo(directory.resolve("home"))
                .override("redeploy", "<applicationMonitor updateTrigger=\"polled\" pollingRate=\"500ms\"/>");
        try (FleetBench bench = FleetBench.prepare(directory, List.of("a"), settings(home), login)) {
            bench.launch();
            LibertyServer server = bench.instances().get(0);
            try (SteadyTraffic traffic = bench.traffic()) {
                for (int i = 0; i < BEFORE; i++) {
                    redeploy(bench, server, home);
                }
                LoadedApplication before = LoadedApplication.of(server.pid());

                for (int i = 0; i < TIMES; i++) {
                    redeploy(bench, server, home);
                }

                await().atMost(LONG).untilAsserted(() -> assertNothingLeft(LoadedApplication.of(server.pid()), before));
                new Verdict(bench).awaitAfter(traffic);
            }
        }
    }

    @Test
    @Tag("full-length")
    void one_of_two_copies_in_a_server_goes_on_when_the_other_is_stopped_and_logs_in_again_when_the_broker_is_back()
            throws Exception {
        ServerHome home = ServerHome.copyTo(directory.resolve("home")).installCopy(COPY, "tidegate.instance=" + COPY);
        try (FleetBench bench = FleetBench.prepare(directory, List.of("a"), settings(home), KafkaLogin.PLAIN)) {
            bench.launch();
            LibertyServer server = bench.instances().get(0);
            try (SteadyTraffic traffic = bench.traffic()) {
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(bench.owners(server)).containsOnlyKeys("a", COPY));

                home.forget(COPY);
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(bench.owners(server)).containsOnlyKeys("a"));
                bench.broker().stop();
                bench.broker().start();

                await().atMost(LONG).until(() -> handlesMore(bench));
                await().during(GOES_ON).atMost(GOES_ON.plus(LONG)).until(() -> handlesMore(bench));
                new Verdict(bench).awaitAfter(traffic);
            }
        }
    }

    private static Map<String, String> settings(ServerHome home) {
        Map<String, String> settings = new HashMap<>(home.environment());
        settings.put("JVM_ARGS", "-Xmx384m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+UsePerfData");
        return settings;
    }

    private static boolean handlesMore(FleetBench bench) {
        long before = bench.handledCount();
        await().atMost(LONG).until(() -> bench.handledCount() > before);
        return true;
    }

    private static void redeploy(FleetBench bench, LibertyServer server, ServerHome home) {
        long updates = bench.told(server, UPDATED);
        home.touchApplication();
        await("redeployed").atMost(LONG).until(() -> bench.told(server, UPDATED) > updates);
        long handled = bench.handledCount();
        await("drains again").atMost(LONG).until(() -> bench.handledCount() > handled + 50);
    }

    private static void assertNothingLeft(LoadedApplication now, LoadedApplication before) {
        assertThat(now.kafkaThreads()).isEqualTo(before.kafkaThreads());
        assertThat(now.loaders())
                .as("class loaders of applications")
                .isLessThanOrEqualTo(before.loaders() + UNTIL_ALL_LOGGERS_ARE_KNOWN - BEFORE);
        if (BEFORE == UNTIL_ALL_LOGGERS_ARE_KNOWN) {
            assertThat((double) now.classes()).as("loaded classes").isLessThan(before.classes() * 1.05);
        }
        assertThat(now.threads()).as("threads").isLessThanOrEqualTo(before.threads() + 10);
    }
}

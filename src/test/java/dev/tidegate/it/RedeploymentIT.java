package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.FleetBench;
import dev.tidegate.bench.LoadedApplication;
import dev.tidegate.bench.SteadyTraffic;
import dev.tidegate.bench.Verdict;
import dev.tidegate.fixture.LibertyServer;
import dev.tidegate.fixture.RunLength;
import dev.tidegate.fixture.ServerHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The WAR is replaced again and again in a running server, under traffic. */
class RedeploymentIT {
    private static final int TIMES = 5;
    // The server's loggers keep the class that first asked for them, and with it its loader: as long as there are
    // loggers that
    // no earlier deployment asked for, one more old application stays.
    private static final int UNTIL_ALL_LOGGERS_ARE_KNOWN = 3;
    private static final int BEFORE = RunLength.of(1, UNTIL_ALL_LOGGERS_ARE_KNOWN);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String UPDATED = "CWWKZ0003I";

    @TempDir
    Path directory;

    @Test
    void five_redeployments_lose_no_record_and_leave_no_thread_and_no_class_loader_behind() throws Exception {
        ServerHome home = ServerHome.copyTo(directory.resolve("home"))
                .override("redeploy", "<applicationMonitor updateTrigger=\"polled\" pollingRate=\"500ms\"/>");
        Map<String, String> settings = new HashMap<>(home.environment());
        settings.put("JVM_ARGS", "-Xmx384m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+UsePerfData");
        try (FleetBench bench = FleetBench.prepare(directory, List.of("a"), settings)) {
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

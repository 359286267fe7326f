package dev.tidegate.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.FleetBench;
import dev.tidegate.bench.HealthWatch;
import dev.tidegate.bench.SteadyTraffic;
import dev.tidegate.bench.Verdict;
import dev.tidegate.fixture.LibertyServer;
import dev.tidegate.fixture.RunLength;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The trouble of OpenLiberty/open-liberty#26195 where the application is replaced in a running server, which a deployment
 * must switch on first: an instance that is being replaced is not ready, and then it is. At full length only.
 */
class ReadyAfterUpdateIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String REPLACED_WHEN_CHANGED =
            "<server><applicationMonitor updateTrigger=\"polled\" pollingRate=\"500ms\"/></server>";

    @Test
    void an_instance_whose_application_is_replaced_is_not_ready_once_and_then_ready_and_loses_nothing(
            @TempDir Path directory) throws Exception {
        Assumptions.assumeTrue(RunLength.of(0, 1) > 0, "at full length only");
        Path usr = ownServer(directory.resolve("usr"));
        try (FleetBench bench = FleetBench.prepare(directory, List.of("a"), Map.of("WLP_USER_DIR", usr.toString()))) {
            bench.launch();
            LibertyServer server = bench.member(0).server();
            await().atMost(LONG).until(() -> server.status("/health/ready") == 200);
            try (SteadyTraffic traffic = bench.traffic();
                    HealthWatch ready = HealthWatch.over(server, "/health/ready")) {
                await().atMost(LONG).until(() -> bench.handledCount() > 50);

                replace(usr.resolve("servers/tidegate/apps/tidegate.war"));

                await().atMost(LONG).until(() -> bench.told(server, "TIDEGATE0002") == 2);
                await().atMost(LONG).until(() -> ready.last().status() == 200);
                long before = bench.handledCount();
                await().atMost(LONG).until(() -> bench.handledCount() > before + 200);
                assertThat(ready.statuses()).containsExactly(200, 503, 200);
                new Verdict(bench).awaitAfter(traffic);
            }
        }
    }

    /** The server as the build laid it out, but with files of its own that may be changed. */
    private static Path ownServer(Path usr) throws IOException {
        Path built = Path.of(System.getProperty("tidegate.wlp", "target/liberty/wlp"), "usr");
        for (String part : List.of("servers/tidegate", "shared/resources")) {
            try (Stream<Path> files = Files.walk(built.resolve(part))) {
                files.filter(Files::isRegularFile).forEach(file -> copy(file, usr.resolve(built.relativize(file))));
            }
        }
        Path overrides = Files.createDirectories(usr.resolve("servers/tidegate/configDropins/overrides"));
        Files.writeString(overrides.resolve("replaced.xml"), REPLACED_WHEN_CHANGED);
        return usr.toAbsolutePath();
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By another file of the same content, at once, as a deployment does it. */
    private static void replace(Path war) throws IOException {
        Path next = Files.copy(war, war.resolveSibling("next"));
        Files.move(next, war, StandardCopyOption.ATOMIC_MOVE);
    }
}

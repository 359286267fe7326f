package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.fixture.LibertyServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tests on real servers rely on. The broker's address leads nowhere: a server must start without its broker. */
@Tag("full-length")
class LibertyServerIT {
    @TempDir
    private Path directory;

    @Test
    void two_servers_run_side_by_side_and_the_killed_one_comes_back_on_its_port() {
        Map<String, String> nowhere = Map.of("TIDEGATE_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9");
        try (LibertyServer one = new LibertyServer("one", directory.resolve("one"), nowhere);
                LibertyServer two = new LibertyServer("two", directory.resolve("two"), nowhere)) {
            one.launch();
            two.launch();
            one.awaitStarted();
            two.awaitStarted();

            one.kill();

            assertThat(one.status("/health/live")).isEqualTo(-1);
            assertThat(two.status("/health/started")).isEqualTo(200);
            one.start();
            assertThat(one.status("/health/started")).isEqualTo(200);
        }
    }

    @Test
    void a_server_that_cannot_start_is_told_with_the_end_of_its_log() {
        try (LibertyServer server =
                new LibertyServer("broken", directory, Map.of("JVM_ARGS", "-XX:+NoSuchOptionOfTheMachine"))) {
            assertThatThrownBy(server::start).hasMessageContaining("NoSuchOptionOfTheMachine");
        }
    }
}

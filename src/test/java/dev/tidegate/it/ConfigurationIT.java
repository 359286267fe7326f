package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.fixture.LibertyServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wrong configuration on a real server, read through the server's own MicroProfile Config. */
class ConfigurationIT {
    @TempDir
    Path directory;

    @Test
    void everything_wrong_is_told_at_once_and_nothing_starts() {
        Map<String, String> wrong = Map.of(
                "TIDEGATE_DRAINERS", "drainer-1,orders",
                "TIDEGATE_DRAINER_ORDERS_CONCURRENCY", "",
                "TIDEGATE_DRAINER_ORDERS_KAFKA_ENABLE_AUTO_COMMIT", "true",
                "TIDEGATE_CIRCUIT_DEFAULTS_FAILURE_RATIO", "50",
                "TIDEGATE_MONITOR_INTERVALL", "PT5S",
                "DB_URL", "jdbc:postgresql://localhost/tidegate",
                "DB_PASSWORD", "s3cret");
        try (LibertyServer server = new LibertyServer("wrong", directory, wrong)) {
            server.launch();
            assertThatThrownBy(server::awaitStarted)
                    .hasMessageContaining("Tidegate's configuration has 4 errors; nothing was started")
                    .hasMessageContaining("tidegate.drainer.orders.concurrency = \"\" (environment variable"
                            + " TIDEGATE_DRAINER_ORDERS_CONCURRENCY): is empty")
                    .hasMessageContaining("tidegate.drainer.orders.kafka.enable.auto.commit = \"true\"")
                    .hasMessageContaining("for 50 per cent write 0.5")
                    .hasMessageContaining(
                            "write DB_URL=jdbc:postgresql://localhost/tidegate?connectTimeout=1" + "&socketTimeout=1")
                    .hasMessageContaining("the nearest key is TIDEGATE_MONITOR_INTERVAL (tidegate.monitor.interval)");

            await().untilAsserted(
                            () -> assertThat(server.status("/health/started")).isEqualTo(503));
            assertThat(server.log())
                    .noneMatch(line -> line.contains("TIDEGATE0001"))
                    .noneMatch(line -> line.contains("ConsumerConfig"))
                    .noneMatch(line -> line.contains("s3cret"));
        }
    }
}

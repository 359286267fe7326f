package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.fixture.LibertyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A wrong configuration on real servers, read through the server's own MicroProfile Config from environment, system
 * properties and server variables, with a real broker that nobody may join.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfigurationIT {
    /** What is set, by environment variable, and what must be told of it. */
    private static final List<Wrong> WRONG = List.of(
            new Wrong("TIDEGATE_CIRCUIT_A_FAILURE_THRESHOLD", "-1", "allowed is a whole number from 0 to 10000"),
            new Wrong("TIDEGATE_CIRCUIT_B_FAILURE_THRESHOLD", "1e9", "is not a whole number in plain digits"),
            new Wrong("TIDEGATE_CIRCUIT_C_FAILURE_THRESHOLD", "NaN", "is not a whole number in plain digits"),
            new Wrong("TIDEGATE_CIRCUIT_D_FAILURE_THRESHOLD", "0", "nothing would ever trip"),
            new Wrong("TIDEGATE_CIRCUIT_E_FAILURE_THRESHOLD", "5 ", "begins or ends with a space"),
            new Wrong("TIDEGATE_CIRCUIT_F_FAILURE_THRESHOLD", "", "is empty; allowed is a whole number"),
            new Wrong("TIDEGATE_CIRCUIT_G_FAILURE_RATIO", "50", "for 50 per cent write 0.5"),
            new Wrong("TIDEGATE_CIRCUIT_H_FAILURE_RATIO", "NaN", "is not a number"),
            new Wrong("TIDEGATE_CIRCUIT_I_BREAK_DURATION", "30", "for 30 seconds write PT30S"),
            new Wrong("TIDEGATE_CIRCUIT_J_BREAK_MAX", "PT1S", "allowed is at least the break duration"),
            new Wrong("TIDEGATE_CIRCUIT_K_LEASE", "PT56S", "allowed is at least that plus PT2S, so PT57S"),
            new Wrong("TIDEGATE_PUBLISHERS", "orders,out", "'orders' is a drainer's name too"),
            new Wrong("TIDEGATE_PUBLISHER_OUT_CIRCUIT", "parcels", "is the circuit of drainer 'parcels'"),
            new Wrong("TIDEGATE_PUBLISHER_OUT_KAFKA_ACKS", "1", "allowed is all"),
            new Wrong("TIDEGATE_DRAINER_ORDERS_CONCURRENCY", "", "is empty"),
            new Wrong("TIDEGATE_DRAINER_ORDERS_KAFKA_ENABLE_AUTO_COMMIT", "true", "automatic commits lose records"),
            new Wrong("TIDEGATE_DRAINER_ORDERS_PUBLISHER", "oout", "the nearest is out"),
            new Wrong("TIDEGATE_DRAINER_ORDERS_KAFKA_MAX_POLL_RECORDS", "many", "Kafka refuses it"),
            new Wrong("TIDEGATE_DRAINER_PARCELS_DEAD_LETTER_TOPIC", "parcels", "dead letters would come back"),
            new Wrong("TIDEGATE_DRAINER_PARCELS_QUIESCE_TIMEOUT", "PT20S", "allowed is at most PT5S"),
            new Wrong("TIDEGATE_DOWNSTREAM_DEFAULT_BASE_URL", "localhost:8080", "http or https URL"),
            new Wrong("DB_URL", "jdbc:postgresql://localhost/tidegate", "?connectTimeout=1&socketTimeout=1"),
            new Wrong("DB_PASSWORD", "", "is blank, and DB_URL names a PostgreSQL"));

    private static final Map<String, String> RIGHT = Map.of(
            "TIDEGATE_DRAINERS", "orders,parcels,parcels-quiesce",
            "TIDEGATE_DRAINER_DEFAULTS_TOPICS", "parcels",
            "TIDEGATE_DRAINER_PARCELS_KAFKA_MAX_POLL_INTERVAL_MS", "10000",
            "TIDEGATE_DOWNSTREAM_DEFAULT_HEADER_AUTHORIZATION", "s3cret",
            "TIDEGATE_MONITOR_INTERVALL", "PT5S");
    private static final String JVM = "-Xmx384m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    /** One wrong value. */
    private record Wrong(String variable, String value, String told) {}

    @TempDir
    private static Path directory;

    private KafkaBroker broker;

    @BeforeAll
    void startBroker() {
        broker = KafkaBroker.start(directory.resolve("broker"));
        broker.createTopic("parcels", 1);
    }

    @AfterAll
    void endBroker() {
        broker.close();
    }

    private Map<String, String> with(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("TIDEGATE_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        // Else a Kafka client would come to be without a word.
        environment.put("LOG_LEVELS", "*=info");
        return environment;
    }

    @Test
    void every_kind_of_wrong_value_from_every_source_is_told_at_once_and_nothing_starts() throws Exception {
        Map<String, String> environment = with(RIGHT);
        WRONG.forEach(wrong -> environment.put(wrong.variable(), wrong.value()));
        environment.put("JVM_ARGS", JVM + " -Dtidegate.monitor.interval=30 -Dtidegate.kafka.max.pol.records=5");
        environment.put(
                "VARIABLE_SOURCE_DIRS",
                serverVariables("tidegate.store.timeout=PT3S").toString());
        try (LibertyServer server = new LibertyServer("wrong", directory.resolve("wrong"), environment)) {
            server.launch();

            assertThatThrownBy(server::awaitStarted)
                    .satisfies(refused -> WRONG.forEach(wrong -> assertThat(
                                    refused.getMessage().lines())
                            .as("%s = \"%s\"", wrong.variable(), wrong.value())
                            .anySatisfy(line -> assertThat(line)
                                    .startsWith("  - ")
                                    .contains("= \"" + wrong.value() + "\"", wrong.variable(), wrong.told()))))
                    .hasMessageContaining("has the same environment form as tidegate.drainer.parcels-quiesce.timeout")
                    .hasMessageContaining("tidegate.monitor.interval = \"30\" (system property): is not")
                    .hasMessageContaining("tidegate.store.timeout = \"PT3S\" (server variable): allowed is")
                    .hasMessageContaining("configuration has " + (WRONG.size() + 3) + " errors; nothing was started")
                    .hasMessageContaining("the nearest key is TIDEGATE_MONITOR_INTERVAL (tidegate.monitor.interval)")
                    .hasMessageContaining("no Kafka client knows 'max.pol.records'; the nearest that it knows is"
                            + " max.poll.records");
            startedNothing(server);
        }
    }

    @Test
    void processors_and_clients_that_are_no_beans_are_told_at_once_and_nothing_starts() throws Exception {
        Map<String, String> environment = with(Map.of(
                "TIDEGATE_DRAINERS", "orders,parcels",
                "TIDEGATE_DRAINER_DEFAULTS_TOPICS", "parcels",
                "TIDEGATE_DRAINER_ORDERS_PROCESSOR", "invoices",
                "TIDEGATE_DOWNSTREAM_DEFAULT_CLIENT", "mine"));
        try (LibertyServer server = new LibertyServer("beans", directory.resolve("beans"), environment)) {
            server.launch();

            assertThatThrownBy(server::awaitStarted)
                    .hasMessageContaining("configuration has 2 errors; nothing was started")
                    .hasMessageContaining("tidegate.drainer.orders.processor = \"invoices\"")
                    .hasMessageContaining("tidegate.downstream.default.client = \"mine\"");
            startedNothing(server);
        }
    }

    private Path serverVariables(String line) throws IOException {
        Path variables = Files.createDirectories(directory.resolve("variables"));
        Files.writeString(variables.resolve("of-tidegate.properties"), line + "\n");
        return variables;
    }

    private void startedNothing(LibertyServer server) throws Exception {
        await().untilAsserted(() -> assertThat(server.status("/health/started")).isEqualTo(503));
        assertThat(server.status("/health/ready")).isEqualTo(503);
        assertThat(server.log())
                .noneMatch(line -> line.contains("TIDEGATE0001"))
                .noneMatch(line -> line.contains("ConsumerConfig"))
                .noneMatch(line -> line.contains("s3cret"));
        try (Admin admin = broker.admin()) {
            assertThat(admin.listGroups().all().get(10, TimeUnit.SECONDS)).isEmpty();
        }
    }
}

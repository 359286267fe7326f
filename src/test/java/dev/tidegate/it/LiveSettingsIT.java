package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.FleetBench;
import dev.tidegate.fixture.LibertyServer;
import dev.tidegate.fixture.PostgresServer;
import dev.tidegate.fixture.ServerHome;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers over one database; a variable of one server's configuration is changed while it runs. The broker's address
 * leads nowhere.
 */
@Timeout(300)
class LiveSettingsIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String CIRCUIT = "/api/v1/circuits/drainer-1";
    private static final String KEY = "tidegate.circuit.drainer-1.";

    @TempDir
    private Path directory;

    @Test
    void a_changed_variable_is_followed_without_a_loss_of_state_and_its_source_and_the_difference_are_shown()
            throws Exception {
        ServerHome home = ServerHome.copyTo(directory.resolve("home"));
        try (PostgresServer database = PostgresServer.start(directory.resolve("database"));
                LibertyServer a = server("a", database, home.environment());
                LibertyServer b = server("b", database, Map.of())) {
            a.launch();
            b.launch();
            a.awaitStarted();
            b.awaitStarted();
            openForAnHour(database);
            await().atMost(LONG).until(() -> state(a).equals("OPEN") && state(b).equals("OPEN"));
            await().atMost(LONG).until(() -> isKnown(b, "a") && !differs(b, "a"));
            JsonObject before = circuit(a);

            home.override(
                    "live",
                    variable(KEY + "failure-threshold", "9")
                            + variable(KEY + "break-duration", "PT7S")
                            + variable("tidegate.store.report-interval", "PT3S"));

            await().atMost(LONG).until(() -> value(a, "failure-threshold").equals("9"));
            JsonObject after = circuit(a);
            assertThat(value(a, "break-duration")).isEqualTo("PT7S");
            assertThat(source(a, "failure-threshold")).isNotBlank().isNotEqualTo("default");
            for (String kept :
                    new String[] {"state", "epoch", "version", "since", "retryAt", "failedRounds", "cause"}) {
                assertThat(after.get(kept)).as(kept).isEqualTo(before.get(kept));
            }
            assertThat(told(a, "TIDEGATE0011")).as("told in force").isEqualTo(1);
            assertThat(told(a, "TIDEGATE0013")).as("told to need a restart").isEqualTo(1);
            assertThat(value(b, "failure-threshold")).isEqualTo("5");
            assertThat(source(b, "failure-threshold")).isEqualTo("default");
            await().atMost(LONG).until(() -> differs(b, "a"));

            home.forget("live");

            await().atMost(LONG).until(() -> value(a, "failure-threshold").equals("5") && !differs(b, "a"));
            assertThat(source(a, "failure-threshold")).isEqualTo("default");
        }
    }

    private LibertyServer server(String name, PostgresServer database, Map<String, String> home) {
        Map<String, String> environment = new HashMap<>(home);
        environment.put("TIDEGATE_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9");
        environment.put("TIDEGATE_MONITOR_INTERVAL", "PT1S");
        environment.put("DB_URL", database.jdbcUrl());
        environment.put("DB_USER", database.user());
        environment.put("DB_PASSWORD", database.password());
        return new LibertyServer(name, directory.resolve(name), environment);
    }

    /** As a trip would have written it. */
    private static void openForAnHour(PostgresServer database) throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update tidegate_circuit set version = version + 1, epoch = epoch + 1, token = 'by-hand',"
                    + " state = 'OPEN', cause = 'FAILURE_RATIO', failed_rounds = 1, since = clock_timestamp(),"
                    + " retry_at = clock_timestamp() + interval '1 hour' where name = 'drainer-1'");
        }
    }

    private static String variable(String name, String value) {
        return "<variable name=\"" + name + "\" value=\"" + value + "\"/>";
    }

    private static JsonObject circuit(LibertyServer server) {
        return FleetBench.json(server, CIRCUIT);
    }

    private static String state(LibertyServer server) {
        return circuit(server).getString("state");
    }

    private static JsonObject setting(LibertyServer server, String name) {
        return circuit(server).getJsonObject("policy").getJsonObject(name);
    }

    private static String value(LibertyServer server, String name) {
        return setting(server, name).get("value") instanceof JsonString text
                ? text.getString()
                : setting(server, name).get("value").toString();
    }

    private static String source(LibertyServer server, String name) {
        return setting(server, name).getString("source");
    }

    private static boolean isKnown(LibertyServer by, String other) {
        return circuit(by).getJsonArray("instances").getValuesAs(JsonObject.class).stream()
                .anyMatch(one -> one.getString("instance").equals(other));
    }

    private static boolean differs(LibertyServer by, String other) {
        return circuit(by).getJsonArray("instances").getValuesAs(JsonObject.class).stream()
                .filter(one -> one.getString("instance").equals(other))
                .anyMatch(one -> one.getBoolean("policyDiffers"));
    }

    private static long told(LibertyServer server, String event) {
        return server.log().stream().filter(line -> line.contains(event)).count();
    }
}

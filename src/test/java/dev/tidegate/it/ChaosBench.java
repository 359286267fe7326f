package dev.tidegate.it;

import dev.tidegate.demo.downstream.Call;
import dev.tidegate.demo.downstream.DemoDownstream;
import dev.tidegate.demo.downstream.Limits;
import dev.tidegate.demo.downstream.Outcome;
import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.fixture.LibertyServer;
import dev.tidegate.fixture.PostgresServer;
import dev.tidegate.fixture.TcpProxy;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/** Two instances with one drainer, and what they stand on, each part breakable; for {@link ChaosIT}. For one test thread. */
final class ChaosBench implements AutoCloseable {
    static final String DRAINER = "orders";
    static final int PARTITIONS = 6;
    /** After which the group goes on without a silent member: the shortest that a broker allows. */
    static final Duration SESSION = Duration.ofSeconds(6);

    private final KafkaBroker broker;
    private final PostgresServer database;
    private final TcpProxy databaseNetwork;
    private final DemoDownstream downstream;
    private final List<LibertyServer> instances = new ArrayList<>();
    private final CommittedOffsets offsets;

    private ChaosBench(Path directory) throws Exception {
        CompletableFuture<PostgresServer> beside =
                CompletableFuture.supplyAsync(() -> PostgresServer.start(directory.resolve("database")));
        broker = KafkaBroker.start(directory.resolve("broker"));
        database = beside.join();
        databaseNetwork = TcpProxy.to(database.port());
        downstream = DemoDownstream.start(0, Limits.ORACLE, new Random(1));
        broker.createTopic(DRAINER, PARTITIONS);
        broker.createTopic(DRAINER + "-done", PARTITIONS);
        offsets = CommittedOffsets.watch(broker.admin(), "tg-" + DRAINER);
        for (String name : List.of("a", "b")) {
            instances.add(new LibertyServer(name, directory.resolve(name), environment()));
        }
    }

    static ChaosBench start(Path directory) throws Exception {
        ChaosBench bench = new ChaosBench(directory);
        bench.instances.forEach(LibertyServer::launch);
        bench.instances.forEach(LibertyServer::awaitStarted);
        return bench;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "DB_URL",
                "jdbc:postgresql://127.0.0.1:" + databaseNetwork.port() + "/postgres?connectTimeout=1&socketTimeout=1");
        environment.put("DB_USER", database.user());
        environment.put("DB_PASSWORD", database.password());
        environment.put("TIDEGATE_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServersThroughNetwork());
        environment.put("TIDEGATE_KAFKA_SESSION_TIMEOUT_MS", Long.toString(SESSION.toMillis()));
        environment.put("TIDEGATE_KAFKA_HEARTBEAT_INTERVAL_MS", "1500");
        environment.put("TIDEGATE_DRAINERS", DRAINER);
        environment.put("TIDEGATE_PUBLISHERS", DRAINER + "-done");
        environment.put("TIDEGATE_DRAINER_ORDERS_TOPICS", DRAINER);
        environment.put("TIDEGATE_DRAINER_ORDERS_GROUP", "tg-" + DRAINER);
        environment.put("TIDEGATE_DRAINER_ORDERS_PUBLISHER", DRAINER + "-done");
        environment.put("TIDEGATE_PUBLISHER_ORDERS_DONE_TOPIC", DRAINER + "-done");
        environment.put(
                "TIDEGATE_DOWNSTREAM_DEFAULT_BASE_URL", downstream.baseUrl().toString());
        environment.put("TIDEGATE_DOWNSTREAM_DEFAULT_TIMEOUT", "PT2S");
        environment.put("TIDEGATE_CIRCUIT_DEFAULTS_BREAK_DURATION", "PT2S");
        environment.put("TIDEGATE_CIRCUIT_DEFAULTS_BREAK_MULTIPLIER", "1");
        environment.put("TIDEGATE_MONITOR_INTERVAL", "PT2S");
        return environment;
    }

    SteadyTraffic traffic() {
        return SteadyTraffic.start(broker.bootstrapServers(), DRAINER);
    }

    KafkaBroker broker() {
        return broker;
    }

    PostgresServer database() {
        return database;
    }

    TcpProxy databaseNetwork() {
        return databaseNetwork;
    }

    DemoDownstream downstream() {
        return downstream;
    }

    CommittedOffsets offsets() {
        return offsets;
    }

    List<LibertyServer> instances() {
        return instances;
    }

    /** The distinct records that the downstream answered with success, as {@code partition:offset}. */
    Set<String> handled() {
        return downstream.calls(DRAINER).stream()
                .filter(call -> call.outcome() == Outcome.DONE)
                .map(Call::id)
                .map(id -> id.substring(id.lastIndexOf(':', id.lastIndexOf(':') - 1) + 1))
                .collect(Collectors.toSet());
    }

    /** Distinct records that were handled since the start. */
    long handledCount() {
        return downstream.counts(DRAINER).distinctDone();
    }

    /** What each instance acts by. */
    List<String> circuitStates() {
        return instances.stream()
                .map(instance -> circuit(instance).getString("state"))
                .toList();
    }

    /** State and epoch of the circuit as an instance tells it. */
    String circuitOf(LibertyServer instance) {
        JsonObject circuit = circuit(instance);
        return circuit.getString("automaticState") + " " + circuit.getInt("epoch");
    }

    private static JsonObject circuit(LibertyServer instance) {
        return json(instance, "/api/v1/circuits/" + DRAINER);
    }

    /** How many partitions each instance owns, as this one tells. */
    Map<String, Long> owners(LibertyServer told) {
        JsonArray partitions = json(told, "/api/v1/drainers/" + DRAINER).getJsonArray("partitions");
        return partitions.getValuesAs(JsonObject.class).stream()
                .collect(Collectors.groupingBy(at -> at.getString("instance"), Collectors.counting()));
    }

    private static JsonObject json(LibertyServer instance, String path) {
        String body = instance.get(path).body();
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return reader.readObject();
        } catch (RuntimeException e) {
            throw new AssertionError(instance.name() + " answered to " + path + ": " + body, e);
        }
    }

    /** How often an instance told that event, since its first start. */
    long told(LibertyServer instance, String event) {
        return instance.log().stream().filter(line -> line.contains(event)).count();
    }

    /** State and epoch of the circuit, straight from the table. */
    String row() {
        return query("select state || ' ' || epoch from tidegate_circuit where name = '" + DRAINER + "'")
                .get(0);
    }

    /** The epochs of the circuit's edges, oldest first, straight from the table. */
    List<Long> epochs() {
        return query("select epoch from tidegate_history where circuit = '" + DRAINER
                        + "' and kind = 'TRANSITION' order by epoch")
                .stream()
                .map(Long::valueOf)
                .toList();
    }

    private List<String> query(String sql) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    int deadLetters() throws ExecutionException, InterruptedException {
        String topic = DRAINER + ".dlt";
        try (Admin admin = broker.admin()) {
            boolean exists = admin.listTopics().names().get().contains(topic);
            return exists ? StoredRecords.of(broker, topic).size() : 0;
        }
    }

    @Override
    public void close() {
        databaseNetwork.heal();
        broker.network().heal();
        instances.forEach(LibertyServer::close);
        offsets.close();
        downstream.close();
        databaseNetwork.close();
        database.close();
        broker.close();
    }
}

package dev.tidegate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.demo.downstream.Call;
import dev.tidegate.demo.downstream.DemoDownstream;
import dev.tidegate.demo.downstream.Limits;
import dev.tidegate.demo.downstream.Outcome;
import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.fixture.KafkaLogin;
import dev.tidegate.fixture.LibertyServer;
import dev.tidegate.fixture.PostgresServer;
import dev.tidegate.fixture.TcpProxy;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.HttpResponse;
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
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * Instances with one drainer {@code orders} and one publisher {@code orders-done}, and what they stand on, each part
 * breakable: every instance reaches broker, database and downstream through networks of its own. For one test thread.
 */
public final class FleetBench implements AutoCloseable {
    public static final String DRAINER = "orders";
    public static final String DONE = "orders-done";
    public static final String GROUP = "tg-orders";
    public static final int PARTITIONS = 6;
    /** After which the group goes on without a silent member: the shortest that a broker allows. */
    public static final Duration SESSION = Duration.ofSeconds(6);

    private final KafkaBroker broker;
    private final PostgresServer database;
    private final DemoDownstream downstream;
    private final List<Member> members = new ArrayList<>();
    private final CommittedOffsets offsets;

    /** An instance and its own ways to the others; {@code toKafka} belongs to the broker. */
    public record Member(LibertyServer server, TcpProxy toKafka, TcpProxy toDatabase, TcpProxy toDownstream) {
        public Stream<TcpProxy> networks() {
            return Stream.of(toKafka, toDatabase, toDownstream);
        }
    }

    private FleetBench(Path directory, List<String> names, Map<String, String> settings, KafkaLogin login)
            throws Exception {
        CompletableFuture<PostgresServer> beside =
                CompletableFuture.supplyAsync(() -> PostgresServer.start(directory.resolve("database")));
        broker = KafkaBroker.start(directory.resolve("broker"), names.size(), login);
        database = beside.join();
        downstream = DemoDownstream.start(0, Limits.ORACLE, new Random(1));
        broker.createTopic(DRAINER, PARTITIONS);
        broker.createTopic(DONE, PARTITIONS);
        offsets = CommittedOffsets.watch(broker.admin(), GROUP);
        for (String name : names) {
            members.add(member(directory, name, settings));
        }
    }

    private Member member(Path directory, String name, Map<String, String> settings) {
        int number = members.size();
        TcpProxy toDatabase = TcpProxy.to(database.port());
        TcpProxy toDownstream = TcpProxy.to(downstream.port());
        Map<String, String> environment = environment();
        environment.put("DB_URL", databaseUrl(toDatabase));
        environment.put("TIDEGATE_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServersThroughNetwork(number));
        environment.put("TIDEGATE_DOWNSTREAM_DEFAULT_BASE_URL", "http://127.0.0.1:" + toDownstream.port());
        environment.putAll(settings);
        LibertyServer server = new LibertyServer(name, directory.resolve(name), environment);
        return new Member(server, broker.network(number), toDatabase, toDownstream);
    }

    /** The database as reached by that way, with the time limits that the product asks for. */
    public static String databaseUrl(TcpProxy network) {
        return "jdbc:postgresql://127.0.0.1:" + network.port() + "/postgres?connectTimeout=1&socketTimeout=1";
    }

    /** Starts instances a and b, and returns when both have started. */
    public static FleetBench start(Path directory) throws Exception {
        FleetBench bench = prepare(directory, List.of("a", "b"), Map.of());
        bench.launch();
        return bench;
    }

    /**
     * Starts everything but the instances.
     *
     * @param names of the instances
     * @param settings environment variables of every instance, over those of the bench
     */
    public static FleetBench prepare(Path directory, List<String> names, Map<String, String> settings)
            throws Exception {
        return prepare(directory, names, settings, KafkaLogin.NONE);
    }

    /** As above, with a broker to which the instances log in so. */
    public static FleetBench prepare(Path directory, List<String> names, Map<String, String> settings, KafkaLogin login)
            throws Exception {
        Map<String, String> all = new HashMap<>(login.environment());
        all.putAll(settings);
        return new FleetBench(directory, names, all, login);
    }

    /** Starts all instances together and returns when each has started. */
    public void launch() {
        instances().forEach(LibertyServer::launch);
        instances().forEach(LibertyServer::awaitStarted);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("DB_USER", database.user());
        environment.put("DB_PASSWORD", database.password());
        environment.put("TIDEGATE_KAFKA_SESSION_TIMEOUT_MS", Long.toString(SESSION.toMillis()));
        environment.put("TIDEGATE_KAFKA_HEARTBEAT_INTERVAL_MS", "1500");
        environment.put("TIDEGATE_DRAINERS", DRAINER);
        environment.put("TIDEGATE_PUBLISHERS", DONE);
        environment.put("TIDEGATE_DRAINER_ORDERS_TOPICS", DRAINER);
        environment.put("TIDEGATE_DRAINER_ORDERS_GROUP", GROUP);
        environment.put("TIDEGATE_DRAINER_ORDERS_PUBLISHER", DONE);
        environment.put("TIDEGATE_PUBLISHER_ORDERS_DONE_TOPIC", DONE);
        environment.put("TIDEGATE_DOWNSTREAM_DEFAULT_TIMEOUT", "PT2S");
        environment.put("TIDEGATE_CIRCUIT_DEFAULTS_BREAK_DURATION", "PT2S");
        environment.put("TIDEGATE_CIRCUIT_DEFAULTS_BREAK_MULTIPLIER", "1");
        environment.put("TIDEGATE_MONITOR_INTERVAL", "PT2S");
        return environment;
    }

    public SteadyTraffic traffic() {
        return SteadyTraffic.start(broker.bootstrapServers(), DRAINER);
    }

    public KafkaBroker broker() {
        return broker;
    }

    public PostgresServer database() {
        return database;
    }

    public List<Member> members() {
        return List.copyOf(members);
    }

    public Member member(int number) {
        return members.get(number);
    }

    /** The ways of all instances to the database. */
    public List<TcpProxy> databaseNetworks() {
        return members.stream().map(Member::toDatabase).toList();
    }

    /** The ways of all instances to the broker. */
    public List<TcpProxy> kafkaNetworks() {
        return members.stream().map(Member::toKafka).toList();
    }

    public DemoDownstream downstream() {
        return downstream;
    }

    public CommittedOffsets offsets() {
        return offsets;
    }

    public List<LibertyServer> instances() {
        return members.stream().map(Member::server).toList();
    }

    /** The distinct records that the downstream answered with success, as {@code partition:offset}. */
    public Set<String> handled() {
        return downstream.calls(DRAINER).stream()
                .filter(call -> call.outcome() == Outcome.DONE)
                .map(Call::id)
                .map(id -> id.substring(id.lastIndexOf(':', id.lastIndexOf(':') - 1) + 1))
                .collect(Collectors.toSet());
    }

    /** Distinct records that were handled since the start. */
    public long handledCount() {
        return downstream.counts(DRAINER).distinctDone();
    }

    /** What each instance acts by. */
    public List<String> circuitStates() {
        return instances().stream()
                .map(instance -> circuit(instance).getString("state"))
                .toList();
    }

    /** State and epoch of the circuit as an instance tells it. */
    public String circuitOf(LibertyServer instance) {
        JsonObject circuit = circuit(instance);
        return circuit.getString("automaticState") + " " + circuit.getInt("epoch");
    }

    /** The circuit as that instance tells it. */
    public static JsonObject circuit(LibertyServer instance) {
        return json(instance, "/api/v1/circuits/" + DRAINER);
    }

    /** How many partitions each instance owns, as this one tells. */
    public Map<String, Long> owners(LibertyServer told) {
        JsonArray partitions = json(told, "/api/v1/drainers/" + DRAINER).getJsonArray("partitions");
        return partitions.getValuesAs(JsonObject.class).stream()
                .collect(Collectors.groupingBy(at -> at.getString("instance"), Collectors.counting()));
    }

    /** The answer to a GET as administrator; fails with the answer if that is not 200. */
    public static JsonObject json(LibertyServer instance, String path) {
        HttpResponse<String> answer = instance.get(path);
        assertThat(answer.statusCode())
                .as("%s answered to %s: %s", instance.name(), path, answer.body())
                .isEqualTo(200);
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }

    /** How often an instance told that event, since its first start. */
    public long told(LibertyServer instance, String event) {
        return instance.log().stream().filter(line -> line.contains(event)).count();
    }

    /** State and epoch of the circuit, straight from the table. */
    public String row() {
        return query("select state || ' ' || epoch from tidegate_circuit where name = '" + DRAINER + "'")
                .get(0);
    }

    /** The epochs of the circuit's edges, oldest first, straight from the table. */
    public List<Long> epochs() {
        return query("select epoch from tidegate_history where circuit = '" + DRAINER
                        + "' and kind = 'TRANSITION' order by epoch")
                .stream()
                .map(Long::valueOf)
                .toList();
    }

    /** The first column of what the database answers to this. */
    public List<String> query(String sql) {
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

    public int deadLetters() throws ExecutionException, InterruptedException {
        String topic = DRAINER + ".dlt";
        try (Admin admin = broker.admin()) {
            boolean exists = admin.listTopics().names().get().contains(topic);
            return exists ? StoredRecords.of(broker, topic).size() : 0;
        }
    }

    @Override
    public void close() {
        members.stream().flatMap(Member::networks).forEach(TcpProxy::heal);
        instances().forEach(LibertyServer::close);
        offsets.close();
        downstream.close();
        members.stream().flatMap(Member::networks).forEach(TcpProxy::close);
        database.close();
        broker.close();
    }
}

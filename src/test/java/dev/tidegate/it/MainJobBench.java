package dev.tidegate.it;

import dev.tidegate.demo.downstream.Call;
import dev.tidegate.demo.downstream.DemoDownstream;
import dev.tidegate.demo.downstream.Limits;
import dev.tidegate.demo.downstream.Outcome;
import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.fixture.LibertyServer;
import dev.tidegate.fixture.PostgresServer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Broker, database, downstream and two instances for {@link MainJobIT}, and what its oracles read from outside. */
final class MainJobBench implements AutoCloseable {
    static final int PARTITIONS = 6;
    private static final List<String> NAMES = List.of("orders", "payments", "shipping", "stock", "mail");
    private static final int KEYS = 50;

    private final KafkaBroker broker;
    private final PostgresServer database;
    private final DemoDownstream downstream;
    private final List<LibertyServer> instances;
    private final Admin admin;

    private MainJobBench(
            KafkaBroker broker, PostgresServer database, DemoDownstream downstream, List<LibertyServer> instances) {
        this.broker = broker;
        this.database = database;
        this.downstream = downstream;
        this.instances = instances;
        this.admin = broker.admin();
    }

    static MainJobBench start(Path directory) throws Exception {
        KafkaBroker broker = KafkaBroker.start(directory.resolve("broker"));
        PostgresServer database = PostgresServer.start(directory.resolve("database"));
        DemoDownstream downstream = DemoDownstream.start(0, Limits.ORACLE, new Random(1));
        for (String name : NAMES) {
            broker.createTopic(name, PARTITIONS);
            broker.createTopic(name + "-done", PARTITIONS);
        }
        Map<String, String> environment = environment(broker, database, downstream);
        List<LibertyServer> instances = List.of(
                new LibertyServer("a", directory.resolve("a"), environment),
                new LibertyServer("b", directory.resolve("b"), environment));
        instances.forEach(LibertyServer::launch);
        instances.forEach(LibertyServer::awaitStarted);
        return new MainJobBench(broker, database, downstream, instances);
    }

    private static Map<String, String> environment(
            KafkaBroker broker, PostgresServer database, DemoDownstream downstream) {
        Map<String, String> environment = new HashMap<>();
        environment.put("DB_URL", database.jdbcUrl() + "?connectTimeout=1&socketTimeout=1");
        environment.put("DB_USER", database.user());
        environment.put("DB_PASSWORD", database.password());
        environment.put("TIDEGATE_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("TIDEGATE_DRAINERS", String.join(",", NAMES));
        environment.put(
                "TIDEGATE_PUBLISHERS",
                NAMES.stream().map(name -> name + "-done").collect(Collectors.joining(",")));
        environment.put(
                "TIDEGATE_DOWNSTREAM_DEFAULT_BASE_URL", downstream.baseUrl().toString());
        environment.put("TIDEGATE_DOWNSTREAM_DEFAULT_TIMEOUT", "PT2S");
        environment.put("TIDEGATE_CIRCUIT_DEFAULTS_BREAK_DURATION", "PT2S");
        environment.put("TIDEGATE_CIRCUIT_DEFAULTS_BREAK_MULTIPLIER", "1");
        environment.put("TIDEGATE_MONITOR_INTERVAL", "PT2S");
        for (String name : NAMES) {
            String drainer = "TIDEGATE_DRAINER_" + name.toUpperCase(Locale.ROOT);
            environment.put(drainer + "_TOPICS", name);
            environment.put(drainer + "_GROUP", "tg-" + name);
            environment.put(drainer + "_PUBLISHER", name + "-done");
            environment.put("TIDEGATE_PUBLISHER_" + name.toUpperCase(Locale.ROOT) + "_DONE_TOPIC", name + "-done");
        }
        return environment;
    }

    List<String> names() {
        return NAMES;
    }

    DemoDownstream downstream() {
        return downstream;
    }

    /** Sends that many records to each topic, numbered from there, spread over fifty keys; returns when all are acknowledged. */
    void produce(int from, int count) throws ExecutionException, InterruptedException {
        Map<String, Object> properties = Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all");
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = from; i < from + count; i++) {
                for (String name : NAMES) {
                    sent.add(producer.send(new ProducerRecord<>(name, bytes("k" + i % KEYS), bytes(name + "-" + i))));
                }
            }
        }
        for (Future<RecordMetadata> acknowledgement : sent) {
            acknowledgement.get();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The distinct records that the downstream answered with success, by drainer. */
    Map<String, Set<String>> handled() {
        Map<String, Set<String>> handled = new TreeMap<>();
        for (String name : NAMES) {
            handled.put(
                    name,
                    downstream.calls(name).stream()
                            .filter(call -> call.outcome() == Outcome.DONE)
                            .map(Call::id)
                            .collect(Collectors.toSet()));
        }
        return handled;
    }

    /** How long after the first of both instances the other said OPEN. */
    Duration timeBetweenBothOpen(String circuit, Duration atMost) {
        long giveUp = System.nanoTime() + atMost.toNanos();
        long first = 0;
        while (System.nanoTime() - giveUp < 0) {
            long open = circuitStates(circuit).stream().filter("OPEN"::equals).count();
            long now = System.nanoTime();
            if (open > 0 && first == 0) {
                first = now;
            }
            if (open == instances.size()) {
                return Duration.ofNanos(now - first);
            }
        }
        throw new AssertionError("after " + atMost + " the circuit is " + circuitStates(circuit));
    }

    String circuitState(String name) {
        Set<String> states = new HashSet<>(circuitStates(name));
        return states.size() == 1 ? states.iterator().next() : states.toString();
    }

    /** What each instance says of that circuit. */
    List<String> circuitStates(String name) {
        return instances.stream()
                .map(instance -> json(instance, "/api/v1/circuits/" + name).getString("state"))
                .toList();
    }

    /** Instances that own partitions of that drainer, as the fleet tells. */
    Set<String> instancesOwning(String drainer) {
        return partitions(drainer).stream()
                .map(partition -> partition.getString("instance"))
                .collect(Collectors.toSet());
    }

    int partitionsPausedByCircuit(String drainer) {
        return (int) partitions(drainer).stream()
                .filter(partition ->
                        partition.getJsonArray("pauseCauses").toString().contains("\"CIRCUIT\""))
                .count();
    }

    /** What the fleet's own report says: end less committed, summed. */
    long lag(String drainer) {
        return partitions(drainer).stream()
                .mapToLong(partition -> partition.isNull("lag") ? Long.MAX_VALUE / 100 : partition.getInt("lag"))
                .sum();
    }

    private List<JsonObject> partitions(String drainer) {
        JsonArray partitions =
                json(instances.get(0), "/api/v1/drainers/" + drainer).getJsonArray("partitions");
        return partitions.getValuesAs(JsonObject.class);
    }

    private static JsonObject json(LibertyServer instance, String path) {
        String body = instance.get(path).body();
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return reader.readObject();
        } catch (RuntimeException e) {
            throw new AssertionError(instance.name() + " answered to " + path + ": " + body, e);
        }
    }

    /** The epochs of that circuit's edges, oldest first, straight from the table. */
    List<Long> epochsOf(String circuit) {
        return query(
                "select epoch from tidegate_history where circuit = ? and kind = 'TRANSITION' order by epoch", circuit);
    }

    /** The epochs of that circuit's edges into a state. */
    List<Long> edgesTo(String circuit, String state) {
        return query(
                "select epoch from tidegate_history where circuit = ? and kind = 'TRANSITION' and to_state = '" + state
                        + "' order by epoch",
                circuit);
    }

    private List<Long> query(String sql, String circuit) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, circuit);
            List<Long> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getLong(1));
                }
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    // Calls that began while the first trip's own in-flight calls may still have run are not probes.
    private List<Call> probes(String name) {
        List<Call> failing = downstream.calls(name).stream()
                .filter(call -> call.outcome() == Outcome.ERROR)
                .sorted(Comparator.comparingLong(Call::startNanos))
                .toList();
        long firstProbe = failing.isEmpty()
                ? 0
                : failing.get(0).startNanos() + Duration.ofMillis(1_500).toNanos();
        return failing.stream()
                .filter(call -> call.startNanos() - firstProbe > 0)
                .toList();
    }

    int probeCallsSince(String name) {
        return probes(name).size();
    }

    List<String> overlappingProbes(String name) {
        List<Call> probes = probes(name);
        return IntStream.range(1, probes.size())
                .filter(i -> probes.get(i).startNanos() - probes.get(i - 1).endNanos() < 0)
                .mapToObj(i -> probes.get(i - 1) + " and " + probes.get(i))
                .toList();
    }

    /** Records in a topic, 0 if it does not exist. */
    long recordsIn(String topic) {
        try {
            Set<String> topics = admin.listTopics().names().get();
            return topics.contains(topic)
                    ? ends(topic).values().stream().mapToLong(Long::longValue).sum()
                    : 0;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** End less committed, summed, as the broker tells. */
    long committedLag(String drainer) {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets("tg-" + drainer)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return ends(drainer).entrySet().stream()
                    .mapToLong(end -> {
                        OffsetAndMetadata at = committed.get(end.getKey());
                        return end.getValue() - (at == null ? 0 : at.offset());
                    })
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Map<TopicPartition, Long> ends(String topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked =
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                        .collect(Collectors.toMap(
                                partition -> new TopicPartition(topic, partition.partition()),
                                partition -> OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                admin.listOffsets(asked).all().get();
        return ends.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    @Override
    public void close() {
        instances.forEach(LibertyServer::close);
        admin.close();
        downstream.close();
        database.close();
        broker.close();
    }
}

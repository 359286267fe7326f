package dev.tidegate.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.FleetBench;
import dev.tidegate.bench.StoredRecords;
import dev.tidegate.container.EmbeddingApplication;
import dev.tidegate.fixture.LibertyServer;
import dev.tidegate.fixture.RunLength;
import dev.tidegate.fixture.ServerHome;
import dev.tidegate.fixture.TcpProxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The trouble of OpenLiberty/open-liberty#35332: records were handed to an application that had not started; the first
 * failed on a bean that was not there yet, and the channel was dead for good in a server that looked well. Here an
 * application that embeds Tidegate has a bean that waits for its database, processors that cannot be made at the first
 * try, and a thousand records for each.
 */
class CallsAfterStartIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Duration DATABASE_COMES_AFTER = RunLength.of(Duration.ofSeconds(5), Duration.ofSeconds(60));
    private static final int RECORDS = 1_000;
    private static final List<String> DRAINERS = List.of("orders", "invoices", "labels");
    private static final String DONE = "-done";
    private static final String CANNOT_BE_MADE = "java.lang.IllegalStateException: the processor of drainer";
    private static final String IS_UP = "CWWKZ0001I";
    private static final String HAS_NOT_STARTED = "CWWKZ0002E";

    @TempDir
    Path directory;

    private FleetBench bench;
    private TcpProxy toGoods;

    @BeforeEach
    void fill() throws Exception {
        ServerHome home = ServerHome.copyTo(directory.resolve("home"))
                .install(EmbeddingApplication.with(
                        settings(),
                        Warehouse.class,
                        WarehouseProcessor.class,
                        BrittleProcessor.class,
                        BrittleProcessor.Made.class,
                        BrittleProcessor.Proxied.class));
        Map<String, String> environment = new HashMap<>(home.environment());
        environment.put("TIDEGATE_DRAINERS", String.join(",", DRAINERS));
        environment.put("TIDEGATE_PUBLISHERS", String.join(DONE + ",", DRAINERS) + DONE);
        bench = FleetBench.prepare(directory, List.of("a"), environment);
        toGoods = TcpProxy.to(bench.database().port());
        home.override("warehouse", """
                <dataSource jndiName="jdbc/warehouse" type="java.sql.Driver">
                  <jdbcDriver libraryRef="dbLib"/>
                  <properties URL="%s" user="postgres" password="postgres"/>
                </dataSource>""".formatted(FleetBench.databaseUrl(toGoods).replace("&", "&amp;")));
        for (String drainer : DRAINERS) {
            fillTopic(drainer);
        }
    }

    private static String settings() {
        return """
                tidegate.drainer.orders.processor=warehouse
                tidegate.drainer.invoices.processor=dependent
                tidegate.drainer.invoices.topics=invoices
                tidegate.drainer.invoices.publisher=invoices-done
                tidegate.publisher.invoices-done.topic=invoices-done
                tidegate.drainer.labels.processor=proxied
                tidegate.drainer.labels.topics=labels
                tidegate.drainer.labels.publisher=labels-done
                tidegate.publisher.labels-done.topic=labels-done
                """;
    }

    private void fillTopic(String topic) throws Exception {
        if (!topic.equals(FleetBench.DRAINER)) {
            bench.broker().createTopic(topic, 1);
            bench.broker().createTopic(topic + DONE, 1);
        }
        List<Future<?>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bench.broker().bootstrapServers(),
                        "acks",
                        "all",
                        "enable.idempotence",
                        false),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (String value : values()) {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                sent.add(producer.send(new ProducerRecord<>(topic, bytes, bytes)));
            }
            producer.flush();
        }
        for (Future<?> one : sent) {
            one.get(1, TimeUnit.MINUTES);
        }
    }

    private static List<String> values() {
        return IntStream.range(0, RECORDS).mapToObj(i -> "v" + i).toList();
    }

    @AfterEach
    void end() {
        bench.close();
        toGoods.close();
    }

    @Test
    void no_record_comes_before_the_application_is_up_and_what_cannot_be_made_at_first_is_made_later()
            throws Exception {
        LibertyServer server = bench.member(0).server();
        toGoods.cut();
        server.launch();
        await().atMost(LONG)
                .failFast(() -> bench.told(server, HAS_NOT_STARTED) > 0)
                .until(() -> bench.told(server, Warehouse.FILLING) > 0);

        await("no group before the start")
                .during(DATABASE_COMES_AFTER)
                .atMost(DATABASE_COMES_AFTER.plusSeconds(30))
                .untilAsserted(() -> assertThat(groups()).isEmpty());
        assertThat(bench.told(server, IS_UP)).isZero();
        toGoods.heal();

        for (String drainer : DRAINERS) {
            await(drainer)
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(done(drainer)).containsAll(values()));
        }
        assertThat(bench.told(server, WarehouseProcessor.TOO_EARLY)).isZero();
        assertThat(failures(server))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains(BrittleProcessor.NO_INK));
        assertThat(deadLetters()).isEmpty();
    }

    private List<String> failures(LibertyServer server) {
        return server.log().stream()
                .filter(line -> line.startsWith(CANNOT_BE_MADE))
                .toList();
    }

    private List<String> done(String drainer) {
        return StoredRecords.of(bench.broker(), drainer + DONE).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private List<String> groups() throws Exception {
        try (Admin admin = bench.broker().admin()) {
            return admin.listGroups().all().get(30, TimeUnit.SECONDS).stream()
                    .map(group -> group.groupId())
                    .toList();
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLetters() throws Exception {
        try (Admin admin = bench.broker().admin()) {
            return admin.listTopics().names().get(30, TimeUnit.SECONDS).stream()
                    .filter(topic -> topic.endsWith(".dlt"))
                    .flatMap(topic -> StoredRecords.of(bench.broker(), topic).stream())
                    .toList();
        }
    }
}

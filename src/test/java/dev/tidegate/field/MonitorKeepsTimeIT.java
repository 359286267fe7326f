package dev.tidegate.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.FleetBench;
import dev.tidegate.bench.SteadyTraffic;
import dev.tidegate.bench.Verdict;
import dev.tidegate.fixture.LibertyServer;
import dev.tidegate.fixture.RunLength;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The trouble of OpenLiberty/open-liberty#29851: a timer whose method fails leaves intervals out, at worst every second one.
 * Here the database falls silent under the monitor, which ticks every two seconds, and meanwhile a drainer's poll thread dies:
 * another member takes its identity in the group, which no consumer survives.
 */
class MonitorKeepsTimeIT {
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration SILENCE = RunLength.of(Duration.ofSeconds(10), Duration.ofSeconds(60));
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String TICK = "TIDEGATE3001";
    private static final String DRAINER_DIED = "TIDEGATE4002";
    private static final String DRAINER_IS_STARTED = "state=WAITING before=FAILED";
    private static final Pattern TIME = Pattern.compile("\"ibm_datetime\":\"([^\"]+)\"");
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx");

    private FleetBench bench;
    private LibertyServer server;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        Map<String, String> settings = Map.of(
                "TIDEGATE_MONITOR_INTERVAL", INTERVAL.toString(),
                "TIDEGATE_DRAINER_ORDERS_KAFKA_GROUP_INSTANCE_ID", "place",
                // Each line with its time in a form that does not depend on the machine.
                "LOG_FORMAT", "json");
        bench = FleetBench.prepare(directory, List.of("a"), settings);
        bench.launch();
        server = bench.member(0).server();
    }

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
    void a_dead_drainer_is_started_again_and_no_tick_is_left_out_while_the_store_is_silent() throws Exception {
        try (SteadyTraffic traffic = bench.traffic()) {
            await().atMost(LONG).until(() -> bench.handledCount() > 50);

            bench.member(0).toDatabase().blackHole();
            Instant silent = Instant.now();
            await().atMost(LONG).until(() -> bench.told(server, "TIDEGATE2001") == 1);
            takeThePlaceInTheGroup();
            await().atMost(LONG).until(() -> bench.told(server, DRAINER_IS_STARTED) == 1);
            long before = bench.handledCount();
            await().atMost(LONG).until(() -> bench.handledCount() > before + 50);
            await().atMost(SILENCE.plusSeconds(5)).until(() -> Instant.now().isAfter(silent.plus(SILENCE)));
            bench.member(0).toDatabase().heal();
            await().atMost(LONG).until(() -> bench.told(server, "TIDEGATE2002") == 1);
            Instant healed = Instant.now();
            await().atMost(LONG).until(() -> ticksSince(healed).size() == 5);

            new Verdict(bench).awaitAfter(traffic);
            Duration dead = Duration.between(
                    times(DRAINER_DIED).get(0), times(DRAINER_IS_STARTED).get(0));
            assertThat(dead).isLessThanOrEqualTo(INTERVAL.multipliedBy(2));
            keepsTime(ticksSince(silent));
            keepsTime(ticksSince(healed));
            assertThat(bench.told(server, "CNTR0020E")).isZero();
            assertThat(bench.told(server, "TIDEGATE2001")).isEqualTo(1);
        }
    }

    /** No tick is left out, and none runs beside another. */
    private static void keepsTime(List<Instant> ticks) {
        for (int i = 1; i < ticks.size(); i++) {
            assertThat(Duration.between(ticks.get(i - 1), ticks.get(i)))
                    .as("tick %d of %s", i, ticks)
                    .isBetween(Duration.ofMillis(200), INTERVAL.plus(INTERVAL).minusMillis(200));
        }
        Duration all = Duration.between(ticks.get(0), ticks.get(ticks.size() - 1));
        assertThat(all.dividedBy(ticks.size() - 1L))
                .as("period of %s", ticks)
                .isBetween(INTERVAL.minusMillis(500), INTERVAL.plusMillis(500));
    }

    /** Joins as the drainer's member and goes, without a word to the group, as soon as it has its place. */
    private void takeThePlaceInTheGroup() {
        Map<String, Object> properties = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bench.broker().bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                FleetBench.GROUP,
                ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                "place-a-" + FleetBench.DRAINER,
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                (int) FleetBench.SESSION.toMillis(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        try (KafkaConsumer<byte[], byte[]> twin =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            twin.subscribe(List.of(FleetBench.DRAINER));
            await().atMost(LONG).pollInSameThread().until(() -> {
                twin.poll(Duration.ofMillis(100));
                return bench.told(server, DRAINER_DIED) == 1;
            });
        }
    }

    private List<Instant> ticksSince(Instant begin) {
        return times(TICK).stream().filter(tick -> tick.isAfter(begin)).toList();
    }

    private List<Instant> times(String event) {
        return server.log().stream()
                .filter(line -> line.contains(event))
                .map(MonitorKeepsTimeIT::timeOf)
                .toList();
    }

    private static Instant timeOf(String line) {
        Matcher time = TIME.matcher(line);
        assertThat(time.find()).as(line).isTrue();
        return OffsetDateTime.parse(time.group(1), FORMAT).toInstant();
    }
}

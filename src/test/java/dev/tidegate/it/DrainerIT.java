package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.StoredRecords;
import dev.tidegate.drain.Delivery;
import dev.tidegate.drain.DrainerState;
import dev.tidegate.drain.KafkaDrainer;
import dev.tidegate.drain.Outcome;
import dev.tidegate.drain.PauseCause;
import dev.tidegate.drain.SettingsOfDrainer;
import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.store.InMemoryCircuitStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One drainer on a real broker. */
@Timeout(90)
class DrainerIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static KafkaBroker broker;

    private final SettingsOfDrainer settings = new SettingsOfDrainer();
    private final HandledRecords handled = new HandledRecords();

    @BeforeAll
    static void startBroker(@TempDir Path directory) {
        broker = KafkaBroker.start(directory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private DrainedTopic topic(String name, int partitions) {
        settings.topics = List.of(name);
        DrainedTopic topic = new DrainedTopic(broker, name, partitions);
        settings.group = topic.group();
        settings.kafka.put("bootstrap.servers", broker.bootstrapServers());
        return topic;
    }

    private DrainingInstance instance() {
        return new DrainingInstance("a", new InMemoryCircuitStore(InstantSource.system()), settings.build());
    }

    private Outcome handle(Delivery delivery) {
        handled.add(delivery);
        return Outcome.Done.WITHOUT_RESULT;
    }

    @Test
    void drains_keys_in_order_side_by_side_and_commits_to_the_end() {
        settings.concurrency = 16;
        try (DrainedTopic topic = topic("many", 6);
                DrainingInstance instance = instance()) {
            for (int i = 0; i < 5_000; i++) {
                topic.produce("k" + i % 50, "v" + i);
            }
            topic.flush();
            KafkaDrainer drainer = instance.start(this::handle);

            topic.awaitDrained(SOON);

            assertThat(handled.count()).isEqualTo(5_000);
            assertThat(handled.values()).hasSize(5_000);
            handled.assertFirstTimesAreInOrderPerKey();
            await().atMost(SOON)
                    .until(() -> drainer.status().partitions().stream()
                            .allMatch(partition -> partition.lag() != null && partition.lag() == 0));
        }
    }

    @Test
    void waits_through_an_outage_and_goes_on_where_it_stopped() {
        AtomicBoolean down = new AtomicBoolean(true);
        AtomicInteger calls = new AtomicInteger();
        try (DrainedTopic topic = topic("outage", 3);
                DrainingInstance instance = instance()) {
            for (int i = 0; i < 300; i++) {
                topic.produce("k" + i % 20, "v" + i);
            }
            topic.flush();
            KafkaDrainer drainer = instance.start(delivery -> {
                calls.incrementAndGet();
                return down.get() ? new Outcome.Failed("503", null) : handle(delivery);
            });

            await().atMost(SOON).until(() -> drainer.status().pauseCauses().contains(PauseCause.CIRCUIT));
            await().atMost(SOON).until(() -> calls.get() > 10);
            assertThat(topic.committed()).isEmpty();

            down.set(false);
            topic.awaitDrained(SOON);
            assertThat(handled.values()).hasSize(300);
            handled.assertFirstTimesAreInOrderPerKey();
            await().atMost(SOON).until(() -> drainer.status().state() == DrainerState.RUNNING);
        }
    }

    @Test
    void puts_a_bad_record_away_and_goes_on() {
        try (DrainedTopic topic = topic("bad", 2);
                DrainingInstance instance = instance()) {
            for (int i = 0; i < 20; i++) {
                topic.produce("k" + i, i % 10 == 3 ? "bad" : "good" + i);
            }
            topic.flush();
            instance.start(delivery -> {
                boolean isBad = delivery.value().length == 3;
                return isBad ? new Outcome.Rejected("not an order", true) : handle(delivery);
            });

            topic.awaitDrained(SOON);
            assertThat(handled.count()).isEqualTo(18);
            assertThat(StoredRecords.of(broker, "bad.dlt")).hasSize(2);
            assertThat(instance.circuits.circuit("orders").counters().failures())
                    .isZero();
        }
    }

    @Test
    void a_result_is_published_before_its_record_is_passed_and_waits_for_a_missing_topic() {
        settings.publisher = "results-done";
        AtomicInteger calls = new AtomicInteger();
        try (DrainedTopic topic = topic("results", 1);
                DrainingInstance instance = instance()) {
            topic.produce("k1", "one");
            topic.produce("k2", "two");
            topic.flush();
            KafkaDrainer drainer = instance.start(delivery -> {
                calls.incrementAndGet();
                return new Outcome.Done(delivery.value());
            });

            await().atMost(SOON).until(() -> drainer.status().pauseCauses().contains(PauseCause.OUTPUT));
            assertThat(topic.committed()).isEmpty();

            broker.createTopic("results-done", 1);
            topic.awaitDrained(SOON);
            assertThat(calls).hasValue(2);
            assertThat(StoredRecords.of(broker, "results-done")).hasSize(2);
            await().atMost(SOON).until(() -> drainer.status().state() == DrainerState.RUNNING);
        }
    }

    @Test
    void a_record_that_takes_longer_than_the_poll_interval_costs_no_rebalance() {
        settings.timeout = Duration.ofSeconds(30);
        settings.kafka.put("max.poll.interval.ms", "4000");
        settings.quiesceTimeout = Duration.ofSeconds(2);
        settings.kafka.put("session.timeout.ms", "6000");
        settings.bufferRecords = 5;
        CountDownLatch never = new CountDownLatch(1);
        try (DrainedTopic topic = topic("slow", 1);
                DrainingInstance instance = instance()) {
            for (int i = 0; i < 20; i++) {
                topic.produce(i == 0 ? "slow" : "k" + i, "v" + i);
            }
            topic.flush();
            instance.start(delivery -> {
                if (delivery.offset() == 0) {
                    never.await(6, TimeUnit.SECONDS);
                }
                return handle(delivery);
            });

            topic.awaitDrained(SOON);
            assertThat(handled.count()).isEqualTo(20);
        }
    }

    @Test
    void a_topic_that_does_not_exist_yet_is_waited_for() {
        settings.topics = List.of("later");
        settings.group = "tg-later";
        settings.kafka.put("bootstrap.servers", broker.bootstrapServers());
        settings.kafka.put("metadata.max.age.ms", "500");
        try (DrainingInstance instance = instance()) {
            KafkaDrainer drainer = instance.start(this::handle);
            await().atMost(SOON)
                    .until(() -> String.valueOf(drainer.status().cause()).contains("topics that do not exist: later"));
            assertThat(drainer.status().state()).isEqualTo(DrainerState.WAITING);

            try (DrainedTopic topic = topic("later", 1)) {
                topic.produce("k", "v");
                topic.flush();
                topic.awaitDrained(SOON);
            }
        }
    }
}

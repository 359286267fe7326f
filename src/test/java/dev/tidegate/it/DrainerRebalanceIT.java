package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.Failure;
import dev.tidegate.core.Permit;
import dev.tidegate.drain.Delivery;
import dev.tidegate.drain.DrainerStatus.PartitionStatus;
import dev.tidegate.drain.KafkaDrainer;
import dev.tidegate.drain.Outcome;
import dev.tidegate.drain.PauseCause;
import dev.tidegate.drain.SettingsOfDrainer;
import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.store.InMemoryCircuitStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two drainers of one group on a real broker, by each group protocol. */
@Timeout(90)
class DrainerRebalanceIT {
    private static final Duration SOON = Duration.ofSeconds(25);

    private static KafkaBroker broker;

    private final InMemoryCircuitStore store = new InMemoryCircuitStore(InstantSource.system());
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

    private DrainedTopic topic(String name, String protocol) {
        String made = name + "-" + protocol;
        settings.topics = List.of(made);
        settings.group = "tg-" + made;
        settings.kafka.putAll(Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "max.poll.records", "20",
                "metadata.max.age.ms", "2000"));
        if (protocol.equals("consumer")) {
            settings.kafka.put("group.protocol", "consumer");
        } else {
            settings.kafka.put("heartbeat.interval.ms", "300");
        }
        if (protocol.equals("range")) {
            settings.kafka.put("partition.assignment.strategy", "org.apache.kafka.clients.consumer.RangeAssignor");
        }
        return new DrainedTopic(broker, made, 6);
    }

    private DrainingInstance instance(String name) {
        return new DrainingInstance(name, store, settings.build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cooperative", "range", "consumer"})
    void nothing_is_lost_nor_taken_back_while_members_come_and_go(String protocol) {
        try (DrainedTopic topic = topic("joins", protocol);
                DrainingInstance first = instance("a");
                DrainingInstance second = instance("b")) {
            for (int i = 0; i < 400; i++) {
                topic.produceTo(i % 6, "k" + i % 30, "v" + i);
            }
            topic.flush();
            List<Map<Integer, Long>> commits = new CopyOnWriteArrayList<>();
            first.start(this::handleSlowly);
            await().atMost(SOON).until(() -> handled.count() > 30);
            KafkaDrainer joined = second.start(this::handleSlowly);
            await().atMost(SOON).until(() -> {
                commits.add(topic.committed());
                return joined.status().partitions().size() == 3;
            });
            second.stopDrainer();
            await().atMost(SOON).pollInterval(Duration.ofMillis(50)).until(() -> {
                commits.add(topic.committed());
                return topic.committed().equals(topic.ends());
            });

            assertThat(handled.values()).hasSize(400);
            handled.assertFirstTimesAreInOrderPerKey();
            assertNeverBack(commits);
        }
    }

    private Outcome handleSlowly(Delivery delivery) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(15));
        handled.add(delivery);
        return Outcome.Done.WITHOUT_RESULT;
    }

    private static void assertNeverBack(List<Map<Integer, Long>> commits) {
        Map<Integer, Long> latest = new HashMap<>();
        for (Map<Integer, Long> commit : commits) {
            commit.forEach((partition, offset) -> {
                assertThat(offset)
                        .as("partition %d", partition)
                        .isGreaterThanOrEqualTo(latest.getOrDefault(partition, 0L));
                latest.put(partition, offset);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cooperative", "consumer"})
    void what_is_regained_after_a_pause_is_resumed_and_nothing_new_is_handed_over_while_open(String protocol) {
        AtomicBoolean down = new AtomicBoolean(true);
        try (DrainedTopic topic = topic("regained", protocol);
                DrainingInstance first = instance("a");
                DrainingInstance second = instance("b")) {
            for (int i = 0; i < 120; i++) {
                topic.produceTo(i % 6, "k" + i % 30, "v" + i);
            }
            topic.flush();
            for (DrainingInstance instance : List.of(first, second)) {
                instance.circuits.circuit("orders");
            }
            trip(first);
            KafkaDrainer drainer =
                    first.start(delivery -> down.get() ? new Outcome.Failed("503", null) : handle(delivery));
            await().atMost(SOON).until(() -> drainer.status().partitions().size() == 6);
            assertThat(drainer.status().pauseCauses()).contains(PauseCause.CIRCUIT);
            KafkaDrainer joined = second.start(delivery -> new Outcome.Failed("503", null));
            await().atMost(SOON).until(() -> joined.status().partitions().size() == 3);
            second.stopDrainer();
            assertThat(topic.committed()).isEmpty();

            down.set(false);
            topic.awaitDrained(SOON);
            assertThat(handled.values()).hasSize(120);
            assertThat(drainer.status().partitions()).hasSize(6);
            assertThat(drainer.status().partitions())
                    .extracting(PartitionStatus::pauseCauses)
                    .allMatch(causes -> causes.isEmpty());
        }
    }

    private Outcome handle(Delivery delivery) {
        handled.add(delivery);
        return Outcome.Done.WITHOUT_RESULT;
    }

    private static void trip(DrainingInstance instance) {
        for (int i = 0; i < 3; i++) {
            Permit permit = instance.circuits.circuit("orders").tryAcquire();
            if (permit instanceof Permit.Granted granted) {
                granted.failure(new Failure("tripped by the test"));
            }
        }
    }
}

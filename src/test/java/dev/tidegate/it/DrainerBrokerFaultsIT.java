package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.EffectiveState;
import dev.tidegate.drain.Delivery;
import dev.tidegate.drain.DrainerState;
import dev.tidegate.drain.DrainerStatus.PartitionStatus;
import dev.tidegate.drain.KafkaDrainer;
import dev.tidegate.drain.Outcome;
import dev.tidegate.drain.PauseCause;
import dev.tidegate.drain.SettingsOfDrainer;
import dev.tidegate.drain.Skip;
import dev.tidegate.drain.SkipAnswer;
import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.store.InMemoryCircuitStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One drainer while its broker dies, or holds what it should not. */
@Timeout(90)
class DrainerBrokerFaultsIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final SettingsOfDrainer settings = new SettingsOfDrainer();
    private final HandledRecords handled = new HandledRecords();
    private Path directory;
    private KafkaBroker broker;

    @BeforeEach
    void startBroker(@TempDir Path own) {
        directory = own;
        broker = KafkaBroker.start(own);
        settings.kafka.putAll(Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "metadata.max.age.ms", "1000",
                "max.poll.records", "10",
                "request.timeout.ms", "2500",
                "default.api.timeout.ms", "5000"));
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    private DrainedTopic topic(String name, int partitions) {
        settings.topics = List.of(name);
        DrainedTopic topic = new DrainedTopic(broker, name, partitions);
        settings.group = topic.group();
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
    void a_killed_broker_is_waited_for_and_nothing_is_lost() {
        try (DrainedTopic topic = topic("killed", 2);
                DrainingInstance instance = instance()) {
            for (int i = 0; i < 300; i++) {
                topic.produce("k" + i % 20, "v" + i);
            }
            topic.flush();
            KafkaDrainer drainer = instance.start(delivery -> {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                return handle(delivery);
            });
            await().atMost(SOON).until(() -> handled.count() > 20);

            broker.kill();
            await().atMost(SOON).until(() -> drainer.status().state() == DrainerState.WAITING);
            assertThat(drainer.status().cause()).startsWith("waits for the broker");
            assertThat(instance.circuits.circuit("orders").state()).isEqualTo(EffectiveState.CLOSED);

            broker.start();
            topic.awaitDrained(SOON);
            assertThat(handled.values()).hasSize(300);
            await().atMost(SOON).until(() -> drainer.status().state() == DrainerState.RUNNING);
        }
    }

    @Test
    void a_corrupt_batch_stops_its_partition_alone_until_it_is_out_of_the_way() throws Exception {
        try (DrainedTopic topic = topic("corrupt", 2)) {
            batch(topic, 0, 10);
            batch(topic, 10, 20);
            batch(topic, 20, 30);
            for (int i = 0; i < 30; i++) {
                topic.produceTo(1, "other", "w" + i);
            }
            topic.flush();
            broker.stop();
            spoil(directory.resolve("data/corrupt-0/00000000000000000000.log"), "v12");
            broker.start();
            try (DrainingInstance instance = instance()) {
                KafkaDrainer drainer = instance.start(this::handle);
                await().atMost(SOON)
                        .until(() -> drainer.status().partitions().stream()
                                .anyMatch(partition -> partition.pauseCauses().contains(PauseCause.CORRUPT)));
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(topic.committed()).isEqualTo(Map.of(0, 10L, 1, 30L)));
                assertThat(drainer.status().partitions())
                        .extracting(PartitionStatus::partition, PartitionStatus::position)
                        .contains(org.assertj.core.groups.Tuple.tuple(0, 10L));
                assertThat(handled.count()).isEqualTo(40);
                assertThat(instance.circuits.circuit("orders").counters().failures())
                        .isZero();

                deleteBefore(20);
                topic.awaitDrained(SOON);
                assertThat(handled.count()).isEqualTo(50);
            }
        }
    }

    /** What confluentinc/librdkafka#5581 lacked: a batch that fails its checksum is told of, and passed when somebody says so. */
    @Test
    void an_operator_lets_a_partition_go_on_behind_its_corrupt_batch() throws Exception {
        try (DrainedTopic topic = topic("passed", 2)) {
            batch(topic, 0, 10);
            batch(topic, 10, 20);
            batch(topic, 20, 30);
            topic.flush();
            broker.stop();
            spoil(directory.resolve("data/passed-0/00000000000000000000.log"), "v12");
            broker.start();
            try (DrainingInstance instance = instance()) {
                KafkaDrainer drainer = instance.start(this::handle);
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(topic.committed()).containsEntry(0, 10L));
                await().atMost(SOON)
                        .until(() -> drainer.status().partitions().stream()
                                .anyMatch(partition -> partition.pauseCauses().contains(PauseCause.CORRUPT)));

                await().atMost(SOON)
                        .until(() -> drainer.skip(new Skip("passed", 0, 10, 20L, "anna", "the batch is lost"))
                                instanceof SkipAnswer.Accepted);

                topic.awaitDrained(SOON);
                assertThat(handled.count()).isEqualTo(20);
                assertThat(topic.committed()).containsEntry(0, 30L);
            }
        }
    }

    private static void batch(DrainedTopic topic, int from, int to) {
        for (int i = from; i < to; i++) {
            topic.produceTo(0, "k", "v" + i);
        }
        topic.flush();
    }

    private void deleteBefore(long offset) throws InterruptedException, ExecutionException {
        try (Admin admin = broker.admin()) {
            admin.deleteRecords(Map.of(new TopicPartition("corrupt", 0), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    // One bit of a value: the batch's header stays as it was, its checksum fails.
    private static void spoil(Path log, String value) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            byte[] all = new byte[(int) file.length()];
            file.readFully(all);
            int at = new String(all, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(value);
            file.seek(at + 1);
            file.write('x');
        }
    }

    @Test
    void a_topic_made_anew_under_its_name_is_read_from_its_beginning() throws Exception {
        try (DrainedTopic topic = topic("anew", 1);
                DrainingInstance instance = instance()) {
            for (int i = 0; i < 50; i++) {
                topic.produce("k", "old" + i);
            }
            topic.flush();
            KafkaDrainer drainer = instance.start(this::handle);
            topic.awaitDrained(SOON);
            drainer.pause(PauseCause.OPERATOR);

            try (Admin admin = broker.admin()) {
                admin.deleteTopics(List.of("anew")).all().get();
            }
            await().atMost(SOON).until(() -> isMade("anew"));
            for (int i = 0; i < 80; i++) {
                topic.produce("k", "new" + i);
            }
            topic.flush();
            drainer.resume(PauseCause.OPERATOR);

            await().atMost(SOON)
                    .until(() -> handled.values().stream()
                                    .filter(value -> value.startsWith("new"))
                                    .count()
                            == 80);
            topic.awaitDrained(SOON);
            // New ones may come twice, where they were handed over before it was seen that the topic is another.
            assertThat(handled.countOf("old")).isEqualTo(50);
        }
    }

    // The broker deletes beside us: as long as it does, the name is taken.
    private boolean isMade(String topic) {
        try {
            broker.createTopic(topic, 1);
            return true;
        } catch (IllegalStateException stillThere) {
            return false;
        }
    }
}

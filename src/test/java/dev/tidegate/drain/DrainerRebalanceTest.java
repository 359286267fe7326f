package dev.tidegate.drain;

import static dev.tidegate.drain.DrainerBench.P0;
import static dev.tidegate.drain.DrainerBench.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DrainerRebalanceTest {
    private final DrainerBench bench = new DrainerBench();
    private final List<Long> handled = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        bench.close();
    }

    private Outcome handle(Delivery delivery) {
        handled.add(delivery.offset());
        return Outcome.Done.WITHOUT_RESULT;
    }

    private void give(int records) {
        bench.consumer.assign(P0);
        for (int i = 0; i < records; i++) {
            bench.consumer.append(P0, "k" + i % 7, "v" + i);
        }
    }

    @Test
    void an_operators_pause_holds_until_it_is_taken_away_and_survives_a_rebalance() {
        KafkaDrainer drainer = bench.start(this::handle);
        drainer.pause(PauseCause.OPERATOR);
        give(5);
        await().until(() -> drainer.status().partitions().size() == 1);
        bench.consumer.assign(P0, P1);
        await().until(() -> drainer.status().partitions().size() == 2);
        await().until(() -> bench.consumer.paused().size() == 2);
        assertThat(handled).isEmpty();
        assertThat(drainer.status().cause()).isEqualTo("paused by an operator");

        drainer.resume(PauseCause.OPERATOR);
        await().until(() -> bench.consumer.paused().isEmpty());
    }

    @Test
    void a_revoke_waits_for_what_is_on_its_way_commits_it_and_drops_the_rest() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        bench.settings.concurrency = 1;
        give(3);
        KafkaDrainer drainer = bench.start(delivery -> {
            started.countDown();
            finish.await();
            return handle(delivery);
        });
        await().until(() -> started.getCount() == 0);
        bench.consumer.assign();
        await().pollDelay(Duration.ofMillis(100))
                .until(() -> drainer.status().partitions().size() == 1);
        assertThat(bench.consumer.committedOf(P0)).isEqualTo(-1);

        finish.countDown();
        bench.awaitCommitted(P0, 1);
        await().until(() -> drainer.status().partitions().isEmpty());
        assertThat(handled).containsExactly(0L);
    }

    @Test
    void a_drainer_that_waits_for_what_is_on_its_way_shows_life_in_a_revoke_and_in_a_stop() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        bench.settings.quiesceTimeout = Duration.ofSeconds(2);
        bench.settings.concurrency = 1;
        bench.consumer.assign(P0, P1);
        bench.consumer.append(P0, "k", "v");
        KafkaDrainer drainer = bench.start(delivery -> {
            started.countDown();
            never.await();
            return handle(delivery);
        });
        await().until(() -> started.getCount() == 0);
        bench.consumer.assign(P1);
        showsLife(drainer);
        await().until(() -> drainer.status().partitions().size() == 1);

        bench.consumer.assign(P0, P1);
        bench.consumer.append(P1, "k", "v");
        await().until(() -> drainer.status().inFlight() > 0);
        drainer.stop();
        showsLife(drainer);
        never.countDown();
    }

    /** Longer than it may be silent, and within the quiesce timeout. */
    private static void showsLife(KafkaDrainer drainer) {
        await().during(Duration.ofMillis(1_600))
                .atMost(Duration.ofSeconds(3))
                .pollInterval(Duration.ofMillis(20))
                .failFast("it looks stuck", () -> !drainer.isAlive(Duration.ofMillis(900)))
                .until(() -> true);
    }

    @Test
    void what_was_fetched_before_a_partition_was_lost_is_neither_handled_nor_committed() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        bench.settings.concurrency = 1;
        give(3);
        KafkaDrainer drainer = bench.start(delivery -> {
            started.countDown();
            finish.await();
            return handle(delivery);
        });
        await().until(() -> started.getCount() == 0);
        bench.consumer.lose(List.of(P0));
        await().until(() -> drainer.status().partitions().isEmpty());

        finish.countDown();
        bench.consumer.assign(P1);
        bench.consumer.append(P1, "k", "v");
        bench.awaitCommitted(P1, 1);
        assertThat(bench.consumer.committedOf(P0)).isEqualTo(-1);
        assertThat(handled).doesNotContain(1L, 2L);
    }

    @Test
    void a_topic_made_anew_while_owned_is_read_from_its_beginning() {
        give(5);
        KafkaDrainer drainer = bench.start(this::handle);
        bench.awaitCommitted(P0, 5);
        handled.clear();

        bench.topics.id = new Uuid(3, 4);
        await().until(() -> drainer.status().partitions().get(0).committed() == null);
        bench.consumer.schedulePollTask(() -> bench.consumer.addRecord(QuickConsumer.record(P0, 0, "k", "new")));

        bench.awaitCommitted(P0, 1);
        assertThat(handled).containsExactly(0L);
    }
}

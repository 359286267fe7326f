package dev.tidegate.drain;

import static dev.tidegate.drain.DrainerBench.P0;
import static dev.tidegate.drain.DrainerBench.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KafkaDrainerTest {
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

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private void give(int records) {
        bench.consumer.assign(P0);
        for (int i = 0; i < records; i++) {
            bench.consumer.append(P0, "k" + i % 7, "v" + i);
        }
    }

    @Test
    void handles_every_record_and_commits_behind_the_last() {
        give(100);
        KafkaDrainer drainer = bench.start(this::handle);

        bench.awaitCommitted(P0, 100);

        assertThat(handled).hasSize(100).doesNotHaveDuplicates();
        DrainerStatus status = drainer.status();
        assertThat(status.state()).isEqualTo(DrainerState.RUNNING);
        assertThat(status.handled()).isEqualTo(100);
        await().until(() -> drainer.status().partitions().get(0).committed() == 100);
        assertThat(bench.consumer.commits.get(0).get(P0).metadata()).isEqualTo("topic-id=" + bench.topics.id);
    }

    @Test
    void a_group_without_commits_says_once_where_it_begins() {
        try (LogOf log = new LogOf(Admission.class)) {
            bench.consumer.assign(P0, P1);
            KafkaDrainer drainer = bench.start(this::handle);
            await().until(() ->
                    !log.lines.isEmpty() && drainer.status().partitions().size() == 2);
            bench.consumer.assign(P0);
            await().until(() -> drainer.status().partitions().size() == 1);
            bench.consumer.assign(P0, P1);
            bench.consumer.append(P1, "k", "v");
            bench.awaitCommitted(P1, 1);

            assertThat(log.lines)
                    .singleElement()
                    .asString()
                    .contains("group tg-orders", "orders-0, orders-1", "auto.offset.reset", "earliest");
        }
    }

    @Test
    void records_of_one_key_stay_in_order_while_keys_go_side_by_side() {
        bench.settings.concurrency = 8;
        Map<String, List<Long>> byKey = new ConcurrentHashMap<>();
        AtomicInteger together = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        give(200);
        bench.start(delivery -> {
            most.accumulateAndGet(together.incrementAndGet(), Math::max);
            byKey.computeIfAbsent(text(delivery.key()), key -> new ArrayList<>())
                    .add(delivery.offset());
            Thread.onSpinWait();
            together.decrementAndGet();
            return Outcome.Done.WITHOUT_RESULT;
        });

        bench.awaitCommitted(P0, 200);

        assertThat(byKey).hasSize(7);
        byKey.values().forEach(offsets -> assertThat(offsets).isSorted());
        assertThat(most.get()).isLessThanOrEqualTo(7);
    }

    @Test
    void records_without_a_key_wait_for_nobody() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(4);
        bench.consumer.assign(P0);
        for (int i = 0; i < 4; i++) {
            bench.consumer.append(P0, null, "v");
        }
        bench.start(delivery -> {
            all.countDown();
            all.await();
            return handle(delivery);
        });

        bench.awaitCommitted(P0, 4);
    }

    @Test
    void a_failing_record_holds_up_its_key_and_no_other_and_is_not_passed_by_a_commit() {
        AtomicInteger failures = new AtomicInteger();
        CountDownLatch mended = new CountDownLatch(1);
        bench.settings.maxAttempts = 1_000;
        bench.consumer.assign(P0);
        bench.consumer.append(P0, "bad", "0");
        bench.consumer.append(P0, "bad", "1");
        bench.consumer.append(P0, "good", "2");
        bench.consumer.append(P0, "good", "3");
        KafkaDrainer drainer = bench.start(delivery -> {
            if (delivery.offset() == 0 && mended.getCount() > 0) {
                failures.incrementAndGet();
                return new Outcome.Busy(null);
            }
            return handle(delivery);
        });

        await().until(() -> handled.size() == 2 && failures.get() > 2);
        assertThat(handled).containsExactly(2L, 3L);
        assertThat(bench.consumer.committedOf(P0)).isEqualTo(-1);
        assertThat(drainer.status().blocking().offset()).isZero();

        mended.countDown();
        bench.awaitCommitted(P0, 4);
        assertThat(handled).containsExactly(2L, 3L, 0L, 1L);
        assertThat(drainer.status().blocking()).isNull();
    }

    @Test
    void a_full_buffer_pauses_its_partition_until_half_is_gone() {
        bench.settings.bufferRecords = 10;
        bench.settings.concurrency = 1;
        CountDownLatch open = new CountDownLatch(1);
        give(10);
        KafkaDrainer drainer = bench.start(delivery -> {
            open.await();
            return handle(delivery);
        });

        await().until(() -> drainer.status().partitions().stream()
                .anyMatch(partition -> partition.pauseCauses().contains(PauseCause.BACKPRESSURE)));
        await().until(() -> bench.consumer.paused().contains(P0));
        for (int i = 0; i < 30; i++) {
            bench.consumer.append(P0, "k", "v");
        }

        open.countDown();
        bench.awaitCommitted(P0, 40);
    }

    @Test
    void stopping_ends_what_is_on_its_way_and_commits_it() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        give(2);
        KafkaDrainer drainer = bench.start(delivery -> {
            started.countDown();
            finish.await();
            return handle(delivery);
        });
        started.await();
        drainer.stop();
        finish.countDown();

        assertThat(drainer.awaitStopped(Duration.ofSeconds(5))).isTrue();
        assertThat(bench.consumer.committedOf(P0)).isEqualTo(handled.size());
        assertThat(drainer.status().state()).isEqualTo(DrainerState.STOPPED);
        assertThat(bench.consumer.closed()).isTrue();
    }
}

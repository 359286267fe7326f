package dev.tidegate.drain;

import static dev.tidegate.drain.DrainerBench.P0;
import static dev.tidegate.drain.DrainerBench.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DrainerFaultTest {
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
    void a_corrupt_batch_stops_its_partition_alone() {
        bench.consumer.assign(P0, P1);
        KafkaDrainer drainer = bench.start(this::handle);
        await().until(() -> drainer.status().partitions().size() == 2);
        bench.consumer.schedulePollTask(() -> bench.consumer.setPollException(
                new KafkaException("Received exception when fetching the next record from orders-0. If needed, please"
                        + " seek past the record to continue consumption.")));
        await().until(() -> drainer.status().partitions().get(0).pauseCauses().contains(PauseCause.CORRUPT));

        bench.consumer.append(P1, "k", "v");
        bench.awaitCommitted(P1, 1);
        assertThat(bench.consumer.paused()).containsExactly(P0);
        assertThat(drainer.status().partitions().get(1).pauseCauses()).isEmpty();
        assertThat(drainer.status().state()).isEqualTo(DrainerState.RUNNING);
    }

    @Test
    void a_position_that_is_not_told_in_time_is_asked_again_and_fails_nobody() {
        List<RuntimeException> met = new CopyOnWriteArrayList<>(List.of(new WakeupException(), new TimeoutException()));
        bench.consumer = new QuickConsumer() {
            @Override
            public synchronized long position(TopicPartition partition) {
                if (!met.isEmpty()) {
                    throw met.remove(0);
                }
                return super.position(partition);
            }
        };
        bench.consumer.assign(P0, P1);
        KafkaDrainer drainer = bench.start(this::handle);
        await().until(() -> drainer.status().partitions().size() == 2);
        for (int i = 0; i < 3; i++) {
            bench.consumer.schedulePollTask(() -> bench.consumer.setPollException(
                    new KafkaException("Received exception when fetching the next record from orders-0.")));
        }

        await().until(() -> drainer.status().partitions().get(0).pauseCauses().contains(PauseCause.CORRUPT));
        assertThat(met).isEmpty();
        assertThat(drainer.status().state()).isEqualTo(DrainerState.RUNNING);
    }

    @Test
    void a_fatal_error_is_shown_and_the_next_start_after_the_delay_goes_on() {
        give(2);
        KafkaDrainer drainer = bench.start(this::handle);
        bench.awaitCommitted(P0, 2);
        assertThat(drainer.hasJoined()).isTrue();
        QuickConsumer first = bench.consumer;
        bench.consumer = new QuickConsumer();
        first.schedulePollTask(() -> first.setPollException(GroupAuthorizationException.forGroupId("tg-orders")));

        await().until(() -> drainer.status().state() == DrainerState.FAILED);
        assertThat(drainer.status().cause()).contains("tg-orders");
        assertThat(first.closed()).isTrue();
        assertThat(drainer.isAlive(Duration.ZERO)).isTrue();
        assertThat(drainer.hasJoined()).isTrue();

        bench.consumer.assign(P1);
        bench.consumer.append(P1, "k", "v");
        await().until(() -> {
            drainer.start();
            return drainer.status().state() == DrainerState.RUNNING;
        });
        bench.awaitCommitted(P1, 1);
        assertThat(drainer.status().handled()).isEqualTo(3);
    }

    @Test
    void a_processor_that_cannot_be_made_is_the_drainers_fault_and_is_made_by_a_later_start() {
        AtomicInteger tries = new AtomicInteger();
        QuickConsumer consumer = bench.consumer;
        give(2);
        KafkaDrainer drainer = bench.startLate(() -> {
            if (tries.getAndIncrement() == 0) {
                throw new IllegalStateException("wrapped", new IllegalArgumentException("no ink"));
            }
            return this::handle;
        });

        await().until(() -> drainer.status().state() == DrainerState.FAILED);
        assertThat(drainer.status().cause()).contains("processor of drainer orders", "no ink");
        assertThat(drainer.status().failed()).isZero();
        assertThat(consumer.closed()).isFalse();

        await().until(() -> {
            drainer.start();
            return drainer.status().state() == DrainerState.RUNNING;
        });
        bench.awaitCommitted(P0, 2);
        assertThat(tries).hasValue(2);
    }

    @Test
    void a_processor_is_made_once_for_all_starts() {
        AtomicInteger tries = new AtomicInteger();
        KafkaDrainer drainer = bench.startLate(() -> {
            tries.getAndIncrement();
            return this::handle;
        });
        await().until(() -> drainer.status().state() == DrainerState.RUNNING);
        drainer.stop();
        await().until(() -> drainer.status().state() == DrainerState.STOPPED);

        bench.consumer = new QuickConsumer();
        bench.consumer.assign(P1);
        bench.consumer.append(P1, "k", "v");
        drainer.start();

        bench.awaitCommitted(P1, 1);
        assertThat(tries).hasValue(1);
    }
}

package dev.tidegate.drain;

import static dev.tidegate.drain.DrainerBench.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.publish.DeadLetter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OperatorSkipTest {
    private final DrainerBench bench = new DrainerBench();
    private final Set<Long> handled = ConcurrentHashMap.newKeySet();

    @AfterEach
    void end() {
        bench.close();
    }

    private Outcome failTheFirst(Delivery delivery) {
        if (delivery.offset() == 0) {
            throw new IllegalStateException("boom");
        }
        handled.add(delivery.offset());
        return Outcome.Done.WITHOUT_RESULT;
    }

    private static Skip skip(long offset) {
        return new Skip("orders", 0, offset, null, "anna", "order was cancelled");
    }

    private static Skip behind(long offset, long toOffset) {
        return new Skip("orders", 0, offset, toOffset, "anna", "batch is lost");
    }

    private KafkaDrainer blocked() {
        bench.settings.retryDelay = Duration.ofMillis(5);
        bench.consumer.assign(P0);
        bench.consumer.append(P0, "k", "bad");
        bench.consumer.append(P0, "k", "after it");
        KafkaDrainer drainer = bench.start(this::failTheFirst);
        await().until(() -> drainer.status().blocking() != null);
        return drainer;
    }

    @Test
    void a_blocking_record_is_dead_lettered_with_who_and_why_and_its_lane_goes_on() {
        KafkaDrainer drainer = blocked();

        assertThat(drainer.skip(skip(0))).isInstanceOf(SkipAnswer.Accepted.class);

        bench.awaitCommitted(P0, 2);
        assertThat(handled).containsExactly(1L);
        List<DeadLetter> sent = bench.letters.sent;
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).causeClass()).isEqualTo("skipped-by-operator");
        assertThat(sent.get(0).causeText()).contains("order was cancelled", "anna", "boom");
    }

    @Test
    void a_record_that_is_worked_on_is_skipped_when_it_fails_again() {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(2);
        bench.settings.retryDelay = Duration.ofMillis(5);
        bench.consumer.assign(P0);
        bench.consumer.append(P0, "k", "bad");
        KafkaDrainer drainer = bench.start(delivery -> {
            second.countDown();
            if (delivery.attempt() == 2) {
                goOn.await();
            }
            throw new IllegalStateException("boom");
        });
        await().until(() -> second.getCount() == 0);

        assertThat(drainer.skip(skip(0))).isInstanceOf(SkipAnswer.Accepted.class);
        assertThat(drainer.skip(skip(0))).as("asked again").isInstanceOf(SkipAnswer.Undecided.class);
        assertThat(bench.letters.sent).isEmpty();
        goOn.countDown();

        bench.awaitCommitted(P0, 1);
        assertThat(bench.letters.sent).hasSize(1);
    }

    @Test
    void what_does_not_block_is_not_skipped() {
        bench.settings.retryDelay = Duration.ofMillis(5);
        bench.consumer.assign(P0);
        bench.consumer.append(P0, "k", "bad");
        bench.consumer.append(P0, "other", "good");
        KafkaDrainer drainer = bench.start(this::failTheFirst);
        await().until(() -> drainer.status().blocking() != null && handled.contains(1L));

        await().untilAsserted(() -> assertThat(drainer.skip(skip(1)))
                .isInstanceOfSatisfying(
                        SkipAnswer.NotBlocking.class,
                        answer -> assertThat(answer.text()).contains("offset 1 does not block orders-0", "is 0")));
        assertThat(drainer.skip(behind(0, 2))).isInstanceOf(SkipAnswer.NotBlocking.class);
        assertThat(bench.letters.sent).isEmpty();
    }

    @Test
    void what_was_not_tried_yet_is_not_skipped_and_told_so() {
        KafkaDrainer drainer = blocked();

        assertThat(drainer.skip(skip(1)))
                .isInstanceOfSatisfying(
                        SkipAnswer.Undecided.class,
                        answer -> assertThat(answer.text()).contains("was not tried here yet", "is 0"));
        assertThat(drainer.skip(skip(100))).isInstanceOf(SkipAnswer.Undecided.class);
        assertThat(drainer.skip(behind(100, 102))).isInstanceOf(SkipAnswer.Undecided.class);
        assertThat(bench.letters.sent).isEmpty();
    }

    @Test
    void a_record_whose_copy_does_not_go_out_is_not_skipped_without_one() {
        bench.letters.away = true;
        KafkaDrainer drainer = blocked();
        assertThat(drainer.skip(skip(0))).isInstanceOf(SkipAnswer.Accepted.class);
        await().until(() -> bench.letters.tries.get() > 0);

        assertThat(drainer.skip(skip(0)))
                .isInstanceOfSatisfying(
                        SkipAnswer.Undecided.class,
                        answer -> assertThat(answer.text()).contains("orders.dlt"));
        assertThat(bench.consumer.committedOf(P0)).isEqualTo(-1);
    }

    @Test
    void a_partition_of_another_instance_is_not_skipped_here() {
        KafkaDrainer drainer = blocked();

        assertThat(drainer.skip(new Skip("orders", 7, 0, null, "anna", "why not")))
                .isInstanceOf(SkipAnswer.Elsewhere.class);
        drainer.stop();
        await().until(() -> drainer.status().state() == DrainerState.STOPPED);
        assertThat(drainer.skip(skip(0))).isInstanceOf(SkipAnswer.Elsewhere.class);
    }

    @Test
    void a_corrupt_batch_is_not_passed_beyond_the_end_of_the_log() {
        bench.consumer.assign(P0);
        KafkaDrainer drainer = bench.start(this::failTheFirst);
        await().until(() -> drainer.status().partitions().size() == 1);
        bench.consumer.schedulePollTask(() -> bench.consumer.setPollException(
                new KafkaException("Received exception when fetching the next record from orders-0.")));
        await().until(() -> drainer.status().partitions().get(0).pauseCauses().contains(PauseCause.CORRUPT));

        // Asked of the broker beside the poll.
        await().untilAsserted(() -> assertThat(drainer.skip(behind(0, 1_000_000)))
                .isInstanceOfSatisfying(
                        SkipAnswer.NotBlocking.class,
                        answer -> assertThat(answer.text()).contains("the end of its log, 100")));
        assertThat(drainer.skip(skip(0)).text()).contains("toOffset");
        assertThat(drainer.status().partitions().get(0).pauseCauses()).contains(PauseCause.CORRUPT);
    }

    @Test
    void a_skip_without_a_reason_or_back_is_refused() {
        assertThatThrownBy(() -> new Skip("orders", 0, 1, null, "anna", " ")).hasMessageContaining("reason");
        assertThatThrownBy(() -> behind(5, 5)).hasMessageContaining("above offset 5");
    }
}

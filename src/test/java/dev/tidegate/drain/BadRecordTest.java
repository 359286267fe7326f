package dev.tidegate.drain;

import static dev.tidegate.drain.DrainerBench.P0;
import static dev.tidegate.drain.DrainerBench.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.publish.DeadLetter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BadRecordTest {
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
    void a_poison_record_is_dead_lettered_once_others_prove_that_the_downstream_works() {
        bench.settings.maxAttempts = 3;
        bench.consumer.assign(P0, P1);
        bench.consumer.append(P0, "bad", "0");
        for (int i = 0; i < 200; i++) {
            bench.consumer.append(P1, "k" + i, "good");
        }
        bench.start(delivery -> {
            if (delivery.partition() == 0) {
                throw new IllegalStateException("boom");
            }
            Thread.onSpinWait();
            return handle(delivery);
        });
        // Something else succeeds between its attempts.
        for (int i = 0; i < 2_000 && bench.letters.sent.isEmpty(); i++) {
            bench.consumer.append(P1, "k" + i, "good");
            int before = handled.size();
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> handled.size() > before || !bench.letters.sent.isEmpty());
        }

        bench.awaitCommitted(P0, 1);
        DeadLetter letter = bench.letters.sent.get(0);
        assertThat(letter.deadLetterTopic()).isEqualTo("orders.dlt");
        assertThat(letter.offset()).isZero();
        assertThat(letter.attempts()).isGreaterThanOrEqualTo(3);
        assertThat(letter.causeText()).contains("boom");
    }

    @Test
    void a_rejected_record_is_dead_lettered_before_it_is_passed() {
        bench.letters.away = true;
        give(1);
        KafkaDrainer drainer = bench.start(delivery -> new Outcome.Rejected("not an order", true));

        await().until(() -> drainer.status().partitions().stream()
                .anyMatch(partition -> partition.pauseCauses().contains(PauseCause.DEAD_LETTER)));
        await().until(() -> bench.letters.tries.get() > 2);
        assertThat(bench.consumer.committedOf(P0)).isEqualTo(-1);
        assertThat(drainer.status().state()).isEqualTo(DrainerState.PAUSED);

        bench.letters.away = false;
        bench.awaitCommitted(P0, 1);
        assertThat(bench.letters.sent).hasSize(1);
        assertThat(bench.letters.sent.get(0).causeText()).isEqualTo("not an order");
        assertThat(drainer.status().rejected()).isEqualTo(1);
        await().until(() -> drainer.status().state() == DrainerState.RUNNING);
        assertThat(bench.circuits.circuit("orders").counters().failures()).isZero();
    }

    @Test
    void an_error_of_the_dead_letter_sender_pauses_the_partition_and_the_letter_goes_again() {
        bench.letters.thrown = new LinkageError("scripted");
        give(1);
        KafkaDrainer drainer = bench.start(delivery -> new Outcome.Rejected("not an order", true));

        await().until(() -> drainer.status().partitions().stream()
                .anyMatch(partition -> partition.pauseCauses().contains(PauseCause.DEAD_LETTER)));
        await().until(() -> bench.letters.tries.get() > 2);

        bench.letters.thrown = null;
        bench.awaitCommitted(P0, 1);
        assertThat(bench.letters.sent).hasSize(1);
    }

    @Test
    void a_letter_for_which_there_is_no_thread_goes_again() {
        give(1);
        KafkaDrainer drainer = bench.start(delivery -> {
            bench.noThread = new InternalError("no thread");
            return new Outcome.Rejected("not an order", true);
        });
        await().until(() -> drainer.status().partitions().stream()
                .anyMatch(partition -> partition.pauseCauses().contains(PauseCause.DEAD_LETTER)));

        bench.noThread = null;
        bench.awaitCommitted(P0, 1);
        assertThat(bench.letters.sent).hasSize(1);
    }

    @Test
    void configured_exceptions_and_their_subclasses_mean_a_bad_record() {
        bench.settings.rejectOn = List.of("java.lang.IllegalArgumentException");
        give(1);
        bench.start(delivery -> {
            throw new IllegalStateException(new NumberFormatException("x"));
        });

        bench.awaitCommitted(P0, 1);
        assertThat(bench.letters.sent.get(0).causeClass()).isEqualTo("java.lang.IllegalStateException");
        assertThat(bench.circuits.circuit("orders").counters().inconclusives()).isEqualTo(1);
    }

    @Test
    void whatever_a_processor_throws_is_that_records_failure() {
        bench.settings.retryDelay = Duration.ofMillis(1);
        List<Throwable> thrown = new CopyOnWriteArrayList<>(List.of(
                new StackOverflowError(), new InterruptedException(), new LinkageError(), new Exception("checked")));
        give(2);
        KafkaDrainer drainer = bench.start(delivery -> {
            if (!thrown.isEmpty() && delivery.offset() == 0) {
                throw DrainerBenchErrors.sneaky(thrown.remove(0));
            }
            return handle(delivery);
        });

        bench.awaitCommitted(P0, 2);
        assertThat(drainer.status().failed()).isEqualTo(4);
    }

    @Test
    void an_answer_that_comes_after_the_timeout_is_ignored() {
        bench.settings.timeout = Duration.ofMillis(50);
        List<CompletableFuture<Outcome>> late = new CopyOnWriteArrayList<>();
        List<Delivery> deliveries = new CopyOnWriteArrayList<>();
        give(1);
        bench.startAsync(delivery -> {
            deliveries.add(delivery);
            if (late.isEmpty()) {
                late.add(new CompletableFuture<>());
                return late.get(0);
            }
            return CompletableFuture.completedStage(handle(delivery));
        });

        bench.awaitCommitted(P0, 1);
        assertThat(deliveries.get(0).isCancelled()).isTrue();
        assertThat(deliveries).extracting(Delivery::attempt).containsExactly(1, 2);
        late.get(0).complete(new Outcome.Rejected("too late", true));
        assertThat(bench.letters.sent).isEmpty();
        assertThat(bench.circuits.circuit("orders").counters().failures()).isEqualTo(1);
    }

    @Test
    void a_thread_that_hangs_is_interrupted_at_the_timeout() {
        bench.settings.timeout = Duration.ofMillis(50);
        AtomicInteger interrupted = new AtomicInteger();
        give(1);
        bench.start(delivery -> {
            if (delivery.attempt() == 1) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                    throw e;
                }
            }
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            return handle(delivery);
        });

        bench.awaitCommitted(P0, 1);
        await().untilAsserted(() -> assertThat(interrupted).hasValue(1));
    }

    /** Hangs as often as it is told to, until it is interrupted. */
    public static final class Hanging implements Deserializer<String> {
        static final AtomicInteger HANGS = new AtomicInteger();

        @Override
        public String deserialize(String topic, byte[] data) {
            if (HANGS.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return "read";
        }
    }

    @Test
    void a_deserialiser_that_hangs_is_tried_again_and_says_nothing_of_the_downstream() {
        Hanging.HANGS.set(6);
        bench.settings.kafka.put("value.deserializer", Hanging.class.getName());
        bench.settings.timeout = Duration.ofMillis(50);
        bench.settings.maxAttempts = 1;
        give(20);
        KafkaDrainer drainer = bench.start(this::handle);

        bench.awaitCommitted(P0, 20);
        assertThat(Hanging.HANGS).hasValue(0);
        assertThat(handled).hasSize(20).doesNotHaveDuplicates();
        assertThat(bench.letters.sent).isEmpty();
        assertThat(drainer.status().failed()).isZero();
        assertThat(bench.circuits.circuit("orders").counters().failures()).isZero();
    }
}

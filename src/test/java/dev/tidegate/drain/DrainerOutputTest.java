package dev.tidegate.drain;

import static dev.tidegate.drain.DrainerBench.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.EffectiveState;
import dev.tidegate.core.Failure;
import dev.tidegate.core.Permit;
import dev.tidegate.publish.PublishResult.Fault;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DrainerOutputTest {
    private final DrainerBench bench = new DrainerBench();
    private final ScriptedPublisher publisher = new ScriptedPublisher(bench.circuits.circuit("orders-done"));
    private final List<Long> processed = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        bench.close();
    }

    private KafkaDrainer start(int records) {
        bench.publisher = publisher;
        bench.consumer.assign(P0);
        for (int i = 0; i < records; i++) {
            bench.consumer.append(P0, "k" + i, "v" + i);
        }
        return bench.start(delivery -> {
            processed.add(delivery.offset());
            return new Outcome.Done(delivery.value());
        });
    }

    @Test
    void each_result_is_published_before_its_record_is_passed() {
        KafkaDrainer drainer = start(20);

        bench.awaitCommitted(P0, 20);
        assertThat(publisher.published).hasSize(20).doesNotHaveDuplicates();
        assertThat(drainer.status().handled()).isEqualTo(20);
    }

    @Test
    void a_result_that_was_not_acknowledged_is_sent_again_and_not_made_again() {
        publisher.fault = Fault.BROKER;
        KafkaDrainer drainer = start(20);

        await().until(() -> drainer.status().pauseCauses().contains(PauseCause.OUTPUT));
        await().until(() -> publisher.circuit().state() == EffectiveState.OPEN);
        await().until(() -> publisher.sends.get() > 5);
        assertThat(bench.consumer.committedOf(P0)).isEqualTo(-1);
        assertThat(processed.size()).isLessThanOrEqualTo(bench.settings.concurrency);
        assertThat(bench.circuits.circuit("orders").state()).isEqualTo(EffectiveState.CLOSED);

        publisher.fault = null;
        bench.awaitCommitted(P0, 20);
        assertThat(processed).hasSize(20).doesNotHaveDuplicates();
        assertThat(publisher.published).hasSize(20).doesNotHaveDuplicates();
        await().until(() -> drainer.status().state() == DrainerState.RUNNING);
    }

    @Test
    void a_missing_topic_holds_the_results_without_hurting_any_circuit() {
        publisher.fault = Fault.TOPIC;
        KafkaDrainer drainer = start(3);

        await().until(() -> drainer.status().pauseCauses().contains(PauseCause.OUTPUT));
        await().until(() -> publisher.sends.get() > 6);
        assertThat(publisher.circuit().state()).isEqualTo(EffectiveState.CLOSED);
        assertThat(drainer.status().cause()).contains("TOPIC");

        publisher.fault = null;
        bench.awaitCommitted(P0, 3);
        assertThat(processed).hasSize(3);
    }

    @Test
    void an_error_of_the_publisher_holds_the_result_and_it_is_sent_again() {
        publisher.thrown = new LinkageError("scripted");
        KafkaDrainer drainer = start(3);

        await().until(() -> drainer.status().pauseCauses().contains(PauseCause.OUTPUT));
        await().until(() -> publisher.sends.get() > 6);
        assertThat(drainer.status().cause()).contains("LinkageError");

        publisher.thrown = null;
        bench.awaitCommitted(P0, 3);
        assertThat(processed).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void a_result_for_which_there_is_no_thread_is_held_and_sent_again() {
        bench.publisher = publisher;
        bench.consumer.assign(P0);
        bench.consumer.append(P0, "k", "v");
        KafkaDrainer drainer = bench.start(delivery -> {
            bench.noThread = new InternalError("no thread");
            return new Outcome.Done(delivery.value());
        });
        await().until(() -> drainer.status().pauseCauses().contains(PauseCause.OUTPUT));

        bench.noThread = null;
        bench.awaitCommitted(P0, 1);
        assertThat(publisher.published).containsExactly("v");
    }

    @Test
    void results_in_memory_count_as_what_a_partition_may_hold() {
        publisher.fault = Fault.TOPIC;
        bench.publisher = publisher;
        bench.consumer.assign(P0);
        bench.consumer.append(P0, "k", "v");
        byte[] large = new byte[17 << 20];
        KafkaDrainer drainer = bench.start(delivery -> new Outcome.Done(large));
        await().until(() -> drainer.status().partitions().stream()
                .anyMatch(partition -> partition.pauseCauses().contains(PauseCause.BACKPRESSURE)));

        publisher.fault = null;
        bench.awaitCommitted(P0, 1);
        await().until(() -> drainer.status().partitions().get(0).pauseCauses().isEmpty());
    }

    @Test
    void a_result_that_can_never_be_sent_dead_letters_its_source() {
        publisher.fault = Fault.RECORD;
        start(2);

        bench.awaitCommitted(P0, 2);
        assertThat(bench.letters.sent).hasSize(2);
        assertThat(bench.letters.sent.get(0).causeText()).contains("its result cannot be sent");
        assertThat(processed).hasSize(2);
    }

    @Test
    void without_a_result_in_hand_one_record_is_processed_to_probe_the_publisher() {
        for (int i = 0; i < 3; i++) {
            ((Permit.Granted) publisher.circuit().tryAcquire()).failure(new Failure("tripped by the test"));
        }
        KafkaDrainer drainer = start(10);
        assertThat(drainer.status().pauseCauses()).contains(PauseCause.OUTPUT);

        bench.awaitCommitted(P0, 10);
        await().untilAsserted(() -> assertThat(publisher.circuit().state()).isEqualTo(EffectiveState.CLOSED));
        assertThat(processed).hasSize(10);
        await().until(() -> drainer.status().pauseCauses().isEmpty());
    }

    @Test
    void held_results_are_let_go_with_their_partition() {
        publisher.fault = Fault.TOPIC;
        KafkaDrainer drainer = start(3);
        await().until(() -> drainer.status().pauseCauses().contains(PauseCause.OUTPUT));

        bench.consumer.assign();
        await().until(() -> drainer.status().partitions().isEmpty());
        publisher.fault = null;

        await().until(() -> drainer.status().pauseCauses().isEmpty());
        assertThat(bench.consumer.committedOf(P0)).isEqualTo(-1);
    }
}

package dev.tidegate.drain;

import static dev.tidegate.drain.DrainerBench.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.AutomaticState;
import dev.tidegate.core.RampUp;
import dev.tidegate.core.RefusalReason;
import dev.tidegate.fixture.TestCircuits;
import dev.tidegate.guard.Circuit;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DrainerRampUpTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final DrainerBench bench =
            new DrainerBench(TestCircuits.quick().withRampUp(new RampUp(Duration.ofMinutes(10), 4)));
    private final Circuit circuit = bench.circuits.circuit("orders");
    private final Queue<CompletableFuture<Outcome>> answers = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isDown = new AtomicBoolean(true);

    @AfterEach
    void end() {
        bench.close();
    }

    private void give(int records) {
        bench.consumer.assign(P0);
        for (int i = 0; i < records; i++) {
            bench.consumer.append(P0, "k" + i, "v" + i);
        }
    }

    private KafkaDrainer recovered() {
        KafkaDrainer drainer = bench.startAsync(delivery -> {
            CompletableFuture<Outcome> answer = isDown.get()
                    ? CompletableFuture.failedFuture(new ConnectException("refused"))
                    : new CompletableFuture<>();
            if (!isDown.get()) {
                answers.add(answer);
            }
            return answer;
        });
        await().atMost(LONG).until(() -> circuit.snapshot().record().state() == AutomaticState.OPEN);
        isDown.set(false);
        await().atMost(LONG).until(() -> !answers.isEmpty());
        answers.remove().complete(Outcome.Done.WITHOUT_RESULT);
        await().atMost(LONG).until(() -> circuit.snapshot().record().state() == AutomaticState.CLOSED);
        return drainer;
    }

    @Test
    void after_an_outage_a_drainer_hands_over_one_record_at_a_time_and_is_not_paused() {
        give(40);

        KafkaDrainer drainer = recovered();

        await().atMost(LONG).until(() -> answers.size() == 1);
        await().atMost(LONG).until(() -> circuit.counters().refused(RefusalReason.RAMP_UP) > 0);
        assertThat(answers).hasSize(1);
        assertThat(drainer.status().pauseCauses()).isEmpty();
    }

    @Test
    void a_record_that_is_through_makes_room_for_the_next_without_waiting_for_a_clock() {
        give(40);
        recovered();

        for (int record = 0; record < 39; record++) {
            await().atMost(LONG).pollInterval(Duration.ofMillis(1)).until(() -> !answers.isEmpty());
            answers.remove().complete(Outcome.Done.WITHOUT_RESULT);
        }

        await().atMost(LONG).until(() -> bench.consumer.committedOf(P0) == 40);
    }
}

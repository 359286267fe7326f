package dev.tidegate.drain;

import static dev.tidegate.drain.DrainerBench.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.Counters;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.guard.Classification;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the configured classes of exceptions mean for the circuit, while the record has failed in any case. */
@Timeout(60)
class DrainerClassificationTest {
    private static final String IO = IOException.class.getName();
    // More than trip the circuit if they are failures.
    private static final int TIMES = 8;

    private final AtomicInteger calls = new AtomicInteger();
    private final Set<EffectiveState> states = new ConcurrentSkipListSet<>();
    private DrainerBench bench;

    @AfterEach
    void end() {
        bench.close();
    }

    /** One record, whose first calls throw. */
    private Counters drained(Classification classification, Exception thrown) {
        bench = new DrainerBench(classification);
        bench.settings.maxAttempts = 1_000;
        bench.circuits.circuit("orders").onChange(snapshot -> states.add(EffectiveState.of(snapshot.automatic())));
        bench.consumer.assign(P0);
        bench.consumer.append(P0, "k", "v");
        bench.start(delivery -> {
            if (calls.incrementAndGet() <= TIMES) {
                throw thrown;
            }
            return Outcome.Done.WITHOUT_RESULT;
        });
        await().until(() -> bench.consumer.committedOf(P0) == 1 || bench.letters.sent.size() == 1);
        return bench.circuits.circuit("orders").counters();
    }

    @Test
    void a_listed_failure_trips_the_circuit_and_its_record_waits_for_it() {
        Counters counted = drained(Classification.of(List.of(IO), List.of(), List.of()), new IOException("down"));

        assertThat(counted.failures()).isEqualTo(TIMES);
        assertThat(states).contains(EffectiveState.OPEN);
        assertThat(bench.letters.sent).isEmpty();
    }

    @Test
    void what_is_not_listed_while_failures_are_is_a_success_to_the_circuit_and_tried_again_all_the_same() {
        Counters counted =
                drained(Classification.of(List.of(IO), List.of(), List.of()), new IllegalStateException("odd"));

        assertThat(counted.failures()).isZero();
        assertThat(counted.successes()).isEqualTo(TIMES + 1);
        assertThat(states).doesNotContain(EffectiveState.OPEN);
        assertThat(calls).hasValue(TIMES + 1);
    }

    @Test
    void what_is_ignored_is_no_word_on_the_circuit_and_tried_again_all_the_same() {
        Counters counted = drained(Classification.of(List.of(), List.of(IO), List.of()), new IOException("odd"));

        assertThat(counted.failures()).isZero();
        assertThat(counted.neutrals()).isEqualTo(TIMES);
        assertThat(states).doesNotContain(EffectiveState.OPEN);
        assertThat(calls).hasValue(TIMES + 1);
    }

    @Test
    void what_counts_as_a_success_is_one_to_the_circuit_and_tried_again_all_the_same() {
        Counters counted = drained(Classification.of(List.of(), List.of(), List.of(IO)), new IOException("odd"));

        assertThat(counted.failures()).isZero();
        assertThat(counted.successes()).isEqualTo(TIMES + 1);
        assertThat(states).doesNotContain(EffectiveState.OPEN);
        assertThat(calls).hasValue(TIMES + 1);
    }

    @Test
    void by_default_every_exception_is_a_failure() {
        Counters counted = drained(Classification.EVERY_EXCEPTION_FAILS, new IllegalStateException("odd"));

        assertThat(counted.failures()).isEqualTo(TIMES);
        assertThat(states).contains(EffectiveState.OPEN);
    }
}

package dev.tidegate.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TurnTest {
    private final Turn turn = new Turn();
    private final List<String> steps = new ArrayList<>();

    @Test
    void calls_to_others_are_made_after_the_end_of_the_outermost_turn() {
        turn.endWith(() -> steps.add("end"));

        turn.run(() -> {
            turn.later(() -> steps.add("call"));
            turn.run(() -> steps.add("inner"));
            steps.add("outer");
        });

        assertThat(steps).containsExactly("inner", "outer", "end", "call");
    }

    @Test
    void a_call_that_is_made_later_holds_no_lock() throws InterruptedException {
        CountDownLatch other = new CountDownLatch(1);
        turn.run(() -> turn.later(() -> {
            Thread another = new Thread(() -> turn.run(other::countDown));
            another.start();
            try {
                other.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));

        assertThat(other.getCount()).isZero();
    }

    @Test
    void a_call_that_fails_spoils_neither_the_others_nor_the_turn() {
        turn.run(() -> {
            turn.later(() -> {
                throw new IllegalStateException("somebody else's bug");
            });
            turn.later(() -> steps.add("next"));
        });

        assertThat(steps).containsExactly("next");
    }

    @Test
    void nor_does_one_that_ends_with_an_error() {
        turn.run(() -> {
            turn.later(() -> {
                throw new LinkageError("somebody else's class");
            });
            turn.later(() -> steps.add("next"));
        });

        assertThat(steps).containsExactly("next");
    }

    @Test
    void waiting_ends_when_another_turn_makes_it_true_or_the_time_is_over() throws InterruptedException {
        AtomicBoolean ready = new AtomicBoolean();
        assertThat(turn.await(ready::get, Duration.ofMillis(20))).isFalse();

        Thread another = new Thread(() -> turn.run(() -> ready.set(true)));
        another.start();
        assertThat(turn.await(ready::get, Duration.ofSeconds(10))).isTrue();
        another.join();
    }

    @Test
    void an_interrupt_ends_the_wait_and_is_kept() {
        Thread.currentThread().interrupt();

        assertThat(turn.await(() -> false, Duration.ofSeconds(10))).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}

package dev.tidegate.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.core.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RetriesTest {
    @Test
    void work_is_done_again_until_the_store_lets_it_be_done() throws Exception {
        AtomicInteger tries = new AtomicInteger();

        new Retries(Duration.ofMillis(1), Duration.ofMillis(2)).untilDone("trying", () -> {
            if (tries.incrementAndGet() < 4) {
                throw new StoreException("not yet");
            }
        });

        assertThat(tries).hasValue(4);
    }

    @Test
    void a_stop_ends_the_waiting_at_once() throws Exception {
        Retries retries = new Retries(Duration.ofHours(1), Duration.ofHours(1));
        CountDownLatch hasTried = new CountDownLatch(1);
        Thread stopper = new Thread(() -> {
            try {
                hasTried.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            retries.stop();
        });
        stopper.start();

        assertThatThrownBy(() -> retries.untilDone("trying", () -> {
                    hasTried.countDown();
                    throw new StoreException("away");
                }))
                .isInstanceOf(InterruptedException.class);
        stopper.join();
    }

    @Test
    void what_is_no_outage_is_not_tried_again() {
        Retries retries = new Retries(Duration.ofHours(1), Duration.ofHours(1));

        assertThatThrownBy(() -> retries.untilDone("trying", () -> {
                    throw new IllegalStateException("a bug");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void what_succeeds_only_after_the_stop_lets_nothing_else_begin() {
        Retries retries = new Retries(Duration.ofHours(1), Duration.ofHours(1));

        assertThatThrownBy(() -> retries.untilDone("trying", retries::stop)).isInstanceOf(InterruptedException.class);
    }
}

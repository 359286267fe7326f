package dev.tidegate.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ThreadsTest {
    @Test
    void a_pool_whose_threads_and_queue_are_full_refuses() {
        CountDownLatch end = new CountDownLatch(1);
        try (Threads threads = new Threads(Thread::new)) {
            ExecutorService pool = threads.pool(1, 1);
            pool.execute(() -> await(end));
            pool.execute(() -> {});

            assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
            end.countDown();
        }
    }

    @Test
    void closing_interrupts_what_does_not_end() {
        CountDownLatch interrupted = new CountDownLatch(1);
        Threads threads = new Threads(Thread::new);
        threads.pool(1, 1).execute(() -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });

        threads.close();

        await(interrupted);
        assertThat(interrupted.getCount()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.tidegate.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KafkaTopicDirectoryTest {
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final CountDownLatch lookingUp = new CountDownLatch(1);
    private final CountDownLatch resolved = new CountDownLatch(1);
    private final AtomicInteger closes = new AtomicInteger();
    private final KafkaTopicDirectory directory =
            new KafkaTopicDirectory("orders", Map.of(), properties -> slowlyMade(), executor);

    @AfterEach
    void end() {
        resolved.countDown();
        executor.shutdownNow();
    }

    private Admin slowlyMade() {
        lookingUp.countDown();
        try {
            assertThat(resolved.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("close")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    closes.incrementAndGet();
                    return null;
                });
    }

    @Test
    void who_asks_is_not_held_while_addresses_are_looked_up() {
        CompletableFuture<?> answer = directory.describe(Set.of("orders")).toCompletableFuture();

        assertThat(answer).isNotDone();
    }

    @Test
    void nor_is_who_closes_it_and_the_client_that_comes_too_late_is_closed_as_well() throws InterruptedException {
        CompletableFuture<?> answer = directory.describe(Set.of("orders")).toCompletableFuture();
        lookingUp.await();

        directory.close();

        resolved.countDown();
        await().untilAsserted(() -> assertThat(answer).isCompletedExceptionally());
        assertThat(closes).hasValue(1);
    }

    @Test
    void a_question_for_which_there_is_no_thread_fails() {
        executor.shutdown();

        assertThat(directory.ends(Set.of(DrainerBench.P0)).toCompletableFuture())
                .failsWithin(1, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(RejectedExecutionException.class);
    }
}

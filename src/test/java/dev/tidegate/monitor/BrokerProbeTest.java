package dev.tidegate.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.fixture.Ports;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class BrokerProbeTest {
    private static final Duration SOON = Duration.ofMillis(200);

    @Test
    void a_client_that_cannot_be_made_is_tried_again_at_the_next_check() {
        AtomicInteger tries = new AtomicInteger();
        BrokerProbe probe = new BrokerProbe(
                true,
                () -> {
                    tries.incrementAndGet();
                    throw new KafkaException("no resolvable bootstrap urls");
                },
                SOON,
                Runnable::run);

        probe.check();
        probe.check();

        assertThat(tries).hasValue(2);
        assertThat(probe.isReachable()).isFalse();
    }

    @Test
    void a_broker_that_nobody_needs_is_not_asked_and_keeps_nobody_unready() {
        AtomicInteger tries = new AtomicInteger();
        BrokerProbe probe = new BrokerProbe(
                false,
                () -> {
                    tries.incrementAndGet();
                    throw new KafkaException("no resolvable bootstrap urls");
                },
                SOON,
                Runnable::run);

        probe.check();

        assertThat(tries).hasValue(0);
        assertThat(probe.isReachable()).isTrue();
        assertThat(probe.word()).isEqualTo("UNUSED");
    }

    @Test
    void a_broker_that_does_not_answer_is_away_and_whoever_asks_does_not_wait() {
        Map<String, Object> nowhere = Map.of("bootstrap.servers", "127.0.0.1:" + Ports.free());
        try (BrokerProbe probe = new BrokerProbe(true, () -> Admin.create(nowhere), SOON, Runnable::run)) {
            long begun = System.nanoTime();
            for (int check = 0; check < 100; check++) {
                probe.check();
            }

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            assertThat(probe.isReachable()).isFalse();
        }
    }

    @Test
    void whoever_asks_does_not_wait_for_a_client_whose_names_are_looked_up_for_long() throws InterruptedException {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch found = new CountDownLatch(1);
        AtomicInteger tries = new AtomicInteger();
        BrokerProbe probe = new BrokerProbe(
                true,
                () -> {
                    tries.incrementAndGet();
                    looking.countDown();
                    await().until(() -> found.getCount() == 0);
                    throw new KafkaException("no resolvable bootstrap urls");
                },
                SOON,
                step -> new Thread(step).start());

        probe.check();
        assertThat(looking.await(10, TimeUnit.SECONDS)).isTrue();
        probe.check();
        probe.close();
        assertThat(tries).hasValue(1);

        found.countDown();
        await().until(() -> {
            probe.check();
            return tries.get() == 2;
        });
    }

    @Test
    void a_client_that_cannot_be_made_for_want_of_threads_is_tried_again() {
        AtomicInteger tries = new AtomicInteger();
        BrokerProbe probe = new BrokerProbe(
                true,
                () -> {
                    throw new OutOfMemoryError("unable to create native thread");
                },
                SOON,
                step -> {
                    tries.incrementAndGet();
                    step.run();
                });

        probe.check();
        probe.check();

        assertThat(tries).hasValue(2);
    }
}

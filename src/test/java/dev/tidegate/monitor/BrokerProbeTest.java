package dev.tidegate.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.fixture.Ports;
import java.time.Duration;
import java.util.Map;
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
                SOON);

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
                SOON);

        probe.check();

        assertThat(tries).hasValue(0);
        assertThat(probe.isReachable()).isTrue();
        assertThat(probe.word()).isEqualTo("UNUSED");
    }

    @Test
    void a_broker_that_does_not_answer_is_away_and_whoever_asks_does_not_wait() {
        Map<String, Object> nowhere = Map.of("bootstrap.servers", "127.0.0.1:" + Ports.free());
        try (BrokerProbe probe = new BrokerProbe(true, () -> Admin.create(nowhere), SOON)) {
            long begun = System.nanoTime();
            for (int check = 0; check < 100; check++) {
                probe.check();
            }

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            assertThat(probe.isReachable()).isFalse();
        }
    }
}

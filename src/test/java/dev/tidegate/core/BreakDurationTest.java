package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BreakDurationTest {
    private static final RandomGenerator NO_JITTER = () -> 0L;

    @Test
    void doubles_with_each_failed_round_up_to_the_longest() {
        assertThat(lasts(1)).isEqualTo(Duration.ofSeconds(30));
        assertThat(lasts(2)).isEqualTo(Duration.ofMinutes(1));
        assertThat(lasts(5)).isEqualTo(Duration.ofMinutes(8));
        assertThat(lasts(6)).isEqualTo(Duration.ofMinutes(10));
        assertThat(lasts(100_000)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void jitter_adds_at_most_a_tenth() {
        Random random = new Random(42);
        for (int i = 0; i < 1_000; i++) {
            Duration lasts = BreakDuration.of(CircuitPolicy.DEFAULTS, 1, null, random);

            assertThat(lasts).as("seed 42, draw %d", i).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(33));
        }
    }

    @Test
    void a_retry_after_lengthens_and_never_shortens_within_the_longest() {
        assertThat(asked(Duration.ofSeconds(45))).isEqualTo(Duration.ofSeconds(45));
        assertThat(asked(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(30));
        assertThat(asked(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Duration.ofMinutes(10));
    }

    private static Duration lasts(int failedRounds) {
        return BreakDuration.of(CircuitPolicy.DEFAULTS, failedRounds, null, NO_JITTER);
    }

    private static Duration asked(Duration retryAfter) {
        return BreakDuration.of(CircuitPolicy.DEFAULTS, 1, retryAfter, NO_JITTER);
    }
}

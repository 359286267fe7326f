package dev.tidegate.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryDelayTest {
    private final RetryDelay delay = new RetryDelay(Duration.ofMillis(500), Duration.ofSeconds(30), new Random(7));

    @Test
    void doubles_up_to_the_longest_less_a_fifth_at_most() {
        for (int attempts = 1; attempts <= 100; attempts++) {
            double full = Math.min(30_000, 500 * Math.pow(2, attempts - 1));
            assertThat((double) delay.after(attempts).toMillis())
                    .as("after %d attempts", attempts)
                    .isBetween(full * 0.8 - 1, full);
        }
    }

    @Test
    void waits_as_long_as_it_was_asked_to_within_the_bound() {
        Duration most = Duration.ofMinutes(10);
        assertThat(delay.after(1, Duration.ofSeconds(12), most)).isEqualTo(Duration.ofSeconds(12));
        assertThat(delay.after(1, Duration.ofDays(9), most)).isEqualTo(most);
        assertThat(delay.after(9, Duration.ofMillis(1), most)).isGreaterThan(Duration.ofSeconds(20));
        assertThat(delay.after(9, null, most)).isGreaterThan(Duration.ofSeconds(20));
    }
}

package dev.tidegate.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace();

    @Test
    void nothing_is_bundled_before_it_is_known_how_long_an_attempt_takes() {
        assertThat(pace.atOnce()).isEqualTo(1);
    }

    @Test
    void as_many_are_bundled_as_a_thread_makes_in_a_tenth_of_a_millisecond() {
        for (int i = 0; i < 50; i++) {
            pace.took(10, TimeUnit.MICROSECONDS.toNanos(50));
        }

        assertThat(pace.atOnce()).isBetween(19, 20);
    }

    @Test
    void one_slow_bundle_ends_the_bundling_at_once() {
        for (int i = 0; i < 50; i++) {
            pace.took(10, TimeUnit.MICROSECONDS.toNanos(50));
        }

        pace.took(1, TimeUnit.MILLISECONDS.toNanos(1));

        assertThat(pace.atOnce()).isEqualTo(1);
    }

    @Test
    void a_bundle_whose_attempts_were_all_taken_away_says_nothing() {
        pace.took(0, 0);

        assertThat(pace.atOnce()).isEqualTo(1);
    }
}

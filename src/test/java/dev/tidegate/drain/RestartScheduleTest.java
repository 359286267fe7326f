package dev.tidegate.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.fixture.FakeTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartScheduleTest {
    private final FakeTicker ticker = new FakeTicker();
    private final RestartSchedule schedule = new RestartSchedule(Duration.ofSeconds(1), Duration.ofSeconds(10), ticker);

    @Test
    void is_due_at_first_and_then_not_before_a_growing_delay() {
        assertThat(schedule.isDue()).isTrue();
        for (Duration expected : new Duration[] {
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(10)
        }) {
            schedule.started();
            assertThat(schedule.failed()).isEqualTo(expected);
            assertThat(schedule.isDue()).isFalse();
            ticker.advance(expected);
            assertThat(schedule.isDue()).isTrue();
        }
    }

    @Test
    void a_calm_run_forgets_what_was() {
        for (int i = 0; i < 5; i++) {
            schedule.started();
            schedule.failed();
        }
        schedule.started();
        ticker.advance(Duration.ofSeconds(11));
        assertThat(schedule.failed()).isEqualTo(Duration.ofSeconds(1));
    }
}

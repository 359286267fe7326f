package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailureTest {
    /** As an application's client of some service might throw it. */
    private static final class TooMany extends RuntimeException implements RetryLater {
        private static final long serialVersionUID = 1L;
        private final transient Duration wait;

        TooMany(Duration wait) {
            super("429");
            this.wait = wait;
        }

        @Override
        public Duration retryAfter() {
            return wait;
        }
    }

    @Test
    void an_exception_that_asks_to_be_left_alone_is_heard_wherever_it_is_in_the_chain() {
        Failure failure = Failure.of(new IllegalStateException("no", new TooMany(Duration.ofMinutes(2))));

        assertThat(failure.retryAfter()).isEqualTo(Duration.ofMinutes(2));
        assertThat(failure.text()).isEqualTo("IllegalStateException: no");
    }

    @Test
    void one_that_asks_for_a_time_that_is_past_asks_for_nothing() {
        assertThat(Failure.of(new TooMany(Duration.ofSeconds(-1))).retryAfter()).isNull();
    }

    @Test
    void what_it_asks_for_lengthens_the_break_that_it_trips() {
        OneBreaker breaker = new OneBreaker(OneBreaker.POLICY);
        breaker.fail(2);
        breaker.granted().failure(Failure.of(new TooMany(Duration.ofMinutes(2))));

        assertThat(breaker.refused().retryAfter()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void it_is_heard_nineteen_causes_deep_and_not_deeper() {
        Duration wait = Duration.ofMinutes(2);

        assertThat(Failure.of(wrapped(19, new TooMany(wait))).retryAfter()).isEqualTo(wait);
        assertThat(Failure.of(wrapped(20, new TooMany(wait))).retryAfter()).isNull();
    }

    private static Throwable wrapped(int times, Throwable cause) {
        return times == 0 ? cause : wrapped(times - 1, new IllegalStateException(cause));
    }
}

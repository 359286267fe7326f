package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SlowCallsTest {
    private static final long SLOW = Duration.ofSeconds(2).toNanos();
    private static final long FAST = SLOW - 1;

    private final OneBreaker bench =
            new OneBreaker(OneBreaker.POLICY.withSlowCalls(new SlowCalls(Duration.ofSeconds(2), 0.5)));

    @Test
    void slow_successes_trip_once_their_ratio_is_reached() {
        bench.granted().success(FAST);
        bench.granted().success(FAST);
        bench.granted().success(SLOW);
        assertThat(bench.breaker.state()).isEqualTo(EffectiveState.CLOSED);
        bench.granted().success(SLOW);

        assertThat(bench.breaker.state()).isEqualTo(EffectiveState.OPEN);
        bench.flush();
        assertThat(bench.row().cause()).isEqualTo(Cause.SLOW_RATIO);
        assertThat(bench.row().counts()).isEqualTo(new Counts(4, 0, 2));
        assertThat(bench.row().detail()).contains("2 of 4 took PT2S or longer");
    }

    @Test
    void nothing_slow_trips_below_the_minimum_throughput() {
        bench.granted().success(SLOW);
        bench.granted().success(SLOW);

        assertThat(bench.breaker.state()).isEqualTo(EffectiveState.CLOSED);
        assertThat(bench.breaker.counters().slows()).isEqualTo(2);
    }

    @Test
    void a_failure_may_be_slow_as_well() {
        bench.granted().failure(new Failure("timeout"), SLOW);

        assertThat(bench.breaker.counts()).isEqualTo(new Counts(1, 1, 1));
    }

    @Test
    void a_slow_probe_fails_its_round() {
        bench.halfOpen();

        bench.granted().success(SLOW);
        bench.flush();

        assertThat(bench.row().state()).isEqualTo(AutomaticState.OPEN);
        assertThat(Objects.requireNonNull(bench.row().lastError())).contains("too slowly");
    }

    @Test
    void a_probe_in_time_does_not() {
        bench.halfOpen();

        bench.granted().success(FAST);
        bench.granted().success(FAST);
        bench.flush();

        assertThat(bench.row().state()).isEqualTo(AutomaticState.CLOSED);
    }

    @Test
    void without_slow_calls_no_permit_asks_for_its_time() {
        OneBreaker untimed = new OneBreaker(OneBreaker.POLICY);

        assertThat(untimed.granted().isTimed()).isFalse();
        assertThat(bench.granted().isTimed()).isTrue();
        untimed.granted().success(SLOW);
        assertThat(untimed.breaker.counts()).isEqualTo(new Counts(1, 0, 0));
    }

    @Test
    void a_window_that_never_holds_the_minimum_throughput_is_refused() {
        assertThatThrownBy(() -> OneBreaker.POLICY.withSamplingCalls(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("last 2 calls");
    }

    @Test
    void a_ratio_over_the_last_calls_trips_however_old_they_are() {
        OneBreaker counted = new OneBreaker(OneBreaker.ratio(0.5).withSamplingCalls(4));
        for (int i = 0; i < 2; i++) {
            counted.granted().failure(OneBreaker.DOWN);
            counted.bench.advance(Duration.ofMinutes(10));
        }
        counted.granted().success();
        counted.granted().failure(OneBreaker.DOWN);

        assertThat(counted.breaker.state()).isEqualTo(EffectiveState.OPEN);
    }
}

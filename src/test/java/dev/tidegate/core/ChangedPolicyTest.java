package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.fixture.FakeTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChangedPolicyTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final OneBreaker one = new OneBreaker(OneBreaker.POLICY);
    private final FakeTicker ticker = new FakeTicker();

    private static CircuitPolicy threshold(int threshold, Duration sampling) {
        CircuitPolicy old = OneBreaker.POLICY;
        return new CircuitPolicy(
                threshold,
                old.failureRatio(),
                sampling,
                old.minimumThroughput(),
                old.breakDuration(),
                old.breakMultiplier(),
                old.breakMax(),
                old.probes(),
                old.successesToClose(),
                old.neutralToClose(),
                old.callTimeout(),
                old.lease());
    }

    @Test
    void a_higher_threshold_counts_on_from_the_failures_in_a_row_so_far() {
        one.fail(2);
        one.breaker.follow(threshold(5, MINUTE));
        one.fail(2);
        assertThat(one.breaker.consecutiveFailures()).isEqualTo(4);
        assertThat(one.breaker.state()).isEqualTo(EffectiveState.CLOSED);

        one.fail(1);

        assertThat(one.breaker.state()).isEqualTo(EffectiveState.OPEN);
    }

    @Test
    void a_lower_threshold_trips_with_the_next_failure_that_reaches_it() {
        one.breaker.follow(threshold(10, MINUTE));
        one.fail(6);
        one.breaker.follow(threshold(4, MINUTE));
        assertThat(one.breaker.counts()).isEqualTo(new Counts(6, 6, 0));

        one.fail(1);

        assertThat(one.breaker.state()).isEqualTo(EffectiveState.OPEN);
    }

    @Test
    void a_call_that_began_before_the_change_counts_after_it() {
        Permit.Granted begun = one.granted();
        one.breaker.follow(threshold(7, Duration.ofMinutes(2)));
        begun.failure(OneBreaker.DOWN);

        assertThat(one.breaker.counters().lates()).isZero();
        assertThat(one.breaker.counts()).isEqualTo(new Counts(1, 1, 0));
    }

    @Test
    void a_call_that_began_before_the_change_trips_after_it() {
        one.fail(2);
        Permit.Granted begun = one.granted();
        one.breaker.follow(threshold(3, Duration.ofMinutes(2)));
        begun.failure(OneBreaker.DOWN);

        assertThat(one.breaker.state()).isEqualTo(EffectiveState.OPEN);
    }

    @Test
    void an_open_circuit_stays_open_until_its_break_is_over() {
        one.fail(3);
        one.flush();
        Duration before = one.refused().retryAfter();

        one.breaker.follow(threshold(9, MINUTE));

        assertThat(one.refused().retryAfter()).isEqualTo(before);
    }

    @Test
    void a_round_under_way_goes_on_under_its_lease() {
        one.halfOpen();
        Permit.Granted probe = one.granted();
        one.breaker.follow(threshold(9, MINUTE));
        probe.success();
        one.granted().success();
        one.flush();

        assertThat(one.row().state()).isEqualTo(AutomaticState.CLOSED);
    }

    @Test
    void call_timeout_and_lease_stay_as_they_are() {
        one.breaker.follow(CircuitPolicy.DEFAULTS);

        assertThat(one.breaker.policy().lease()).isEqualTo(OneBreaker.POLICY.lease());
        assertThat(one.breaker.policy().callTimeout()).isEqualTo(OneBreaker.POLICY.callTimeout());
    }

    @Test
    void observing_is_in_force_with_the_next_call() {
        one.fail(3);
        one.breaker.follow(OneBreaker.POLICY.withObserving(true));
        assertThat(one.granted().isProbe()).isFalse();

        one.breaker.follow(OneBreaker.POLICY);
        assertThat(one.refused().reason()).isEqualTo(RefusalReason.OPEN);
    }

    private void fill(Window window, int seconds) {
        for (int second = 0; second < seconds; second++) {
            window.success();
            window.slowFailure();
            window.failure();
            window.slowSuccess();
            ticker.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void a_longer_time_keeps_all_that_the_shorter_held() {
        Window window = Window.of(threshold(3, MINUTE), ticker);
        fill(window, 30);

        Window longer = window.reshaped(threshold(3, Duration.ofMinutes(10)), ticker);

        assertThat(longer.counts()).isEqualTo(new Counts(120, 60, 60));
        ticker.advance(Duration.ofMinutes(5));
        assertThat(longer.counts()).isEqualTo(new Counts(120, 60, 60));
        ticker.advance(Duration.ofMinutes(6));
        assertThat(longer.counts()).isEqualTo(Counts.NONE);
    }

    @Test
    void a_shorter_time_keeps_what_is_not_older() {
        Window window = Window.of(threshold(3, MINUTE), ticker);
        fill(window, 30);

        Window shorter = window.reshaped(threshold(3, Duration.ofSeconds(10)), ticker);

        assertThat(shorter.counts().calls()).isBetween(36L, 40L);
        assertThat(shorter.counts().failures() * 2).isEqualTo(shorter.counts().calls());
    }

    @Test
    void a_window_of_calls_takes_the_newest_of_a_window_of_time_and_back() {
        Window window = Window.of(threshold(3, MINUTE), ticker);
        fill(window, 30);

        Window counting = window.reshaped(threshold(3, MINUTE).withSamplingCalls(8), ticker);
        assertThat(counting.counts()).isEqualTo(new Counts(8, 4, 4));

        Window timed = counting.reshaped(threshold(3, MINUTE), ticker);
        assertThat(timed.counts()).isEqualTo(new Counts(8, 4, 4));
    }

    @Test
    void more_calls_keep_all_and_fewer_keep_the_newest() {
        Window four = Window.of(OneBreaker.POLICY.withSamplingCalls(4), ticker);
        four.failure();
        four.failure();
        four.failure();
        four.success();
        four.success();

        assertThat(four.reshaped(OneBreaker.POLICY.withSamplingCalls(9), ticker).counts())
                .isEqualTo(new Counts(4, 2, 0));
        assertThat(four.reshaped(OneBreaker.POLICY.withSamplingCalls(3), ticker).counts())
                .isEqualTo(new Counts(3, 1, 0));
    }
}

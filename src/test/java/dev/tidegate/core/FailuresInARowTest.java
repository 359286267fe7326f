package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.fixture.FakeTicker;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures in a row, in a window of time and in one of the last ten calls. */
class FailuresInARowTest {
    private static Window window(boolean isOfCalls) {
        return Window.of(OneBreaker.POLICY.withSamplingCalls(isOfCalls ? 10 : null), new FakeTicker());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void each_failure_tells_the_run_that_it_makes_slow_or_not(boolean isOfCalls) {
        Window window = window(isOfCalls);

        assertThat(window.failure()).isOne();
        assertThat(window.slowFailure()).isEqualTo(2);
        assertThat(window.failure()).isEqualTo(3);
        assertThat(window.consecutiveFailures()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_success_ends_the_run(boolean isOfCalls) {
        Window window = window(isOfCalls);
        window.failure();
        window.success();

        assertThat(window.consecutiveFailures()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_slow_success_ends_it_as_well(boolean isOfCalls) {
        Window window = window(isOfCalls);
        window.failure();
        window.slowSuccess();

        assertThat(window.consecutiveFailures()).isZero();
    }
}

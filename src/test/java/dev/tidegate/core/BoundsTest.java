package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last value that is allowed, and the first that is not. */
class BoundsTest {
    private static final Duration CALL = Duration.ofSeconds(55);

    @Test
    void a_policys_counts_are_at_least_one_but_for_the_threshold() {
        allowed(() -> policy(0, 0.5, 1, 1, 1, 1));
        refused("counts", () -> policy(-1, 0.5, 1, 1, 1, 1));
        refused("counts", () -> policy(0, 0.5, 0, 1, 1, 1));
        refused("counts", () -> policy(0, 0.5, 1, 0, 1, 1));
        refused("counts", () -> policy(0, 0.5, 1, 1, 0, 1));
        refused("counts", () -> policy(0, 0.5, 1, 1, 1, 0));
    }

    @Test
    void a_policy_that_nothing_would_trip_is_refused() {
        refused("nothing would trip", () -> policy(0, null, 1, 1, 1, 1));
        allowed(() -> policy(1, null, 1, 1, 1, 1));
    }

    @Test
    void a_failure_ratio_is_above_nothing_and_at_most_all() {
        allowed(() -> policy(0, 1.0, 1, 1, 1, 1));
        allowed(() -> policy(0, Double.MIN_VALUE, 1, 1, 1, 1));
        refused("failure ratio", () -> policy(0, 0.0, 1, 1, 1, 1));
        refused("failure ratio", () -> policy(0, 1.0000001, 1, 1, 1, 1));
        refused("failure ratio", () -> policy(0, Double.NaN, 1, 1, 1, 1));
    }

    @Test
    void a_window_of_calls_holds_at_least_the_minimum_throughput() {
        CircuitPolicy policy = policy(3, null, 7, 1, 1, 1);

        allowed(() -> policy.withSamplingCalls(7));
        refused("minimum throughput", () -> policy.withSamplingCalls(6));
    }

    @Test
    void the_longest_break_is_no_shorter_than_the_first() {
        allowed(() -> breaks(Duration.ofSeconds(30), Duration.ofSeconds(30), CALL.plusSeconds(2)));
        refused("longest break", () -> breaks(Duration.ofSeconds(30), Duration.ofMillis(29_999), CALL.plusSeconds(2)));
    }

    @Test
    void a_lease_leaves_room_for_one_call() {
        refused("lease", () -> breaks(CALL, CALL, CALL.plusMillis(1_999)));
    }

    @Test
    void a_slow_call_has_a_time_and_a_ratio() {
        allowed(() -> new SlowCalls(Duration.ofNanos(1), 1));
        refused("takes some time", () -> new SlowCalls(Duration.ZERO, 1));
        refused("slow-call ratio", () -> new SlowCalls(CALL, 0));
        refused("slow-call ratio", () -> new SlowCalls(CALL, 1.0000001));
    }

    @Test
    void a_ramp_up_has_a_time_and_leads_somewhere() {
        allowed(() -> new RampUp(Duration.ofNanos(1), 1));
        refused("takes some time", () -> new RampUp(Duration.ZERO, 1));
        refused("concurrency", () -> new RampUp(CALL, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Orders", "-orders", "or ders", "defaults", "or/ders"})
    void a_name_that_could_not_be_a_key_is_refused(String name) {
        refused("cannot be a circuit's name", () -> new CircuitName(name));
    }

    @Test
    void a_name_has_up_to_63_characters_and_is_told_as_it_is() {
        assertThat(new CircuitName("a".repeat(63))).hasToString("a".repeat(63));
        refused("cannot be", () -> new CircuitName("a".repeat(64)));
        assertThat(new CircuitName("a")).isLessThan(new CircuitName("b"));
    }

    @Test
    void figures_are_never_negative() {
        refused("-1", () -> new Counts(-1, 0, 0));
        refused("-1", () -> new Counts(0, -1, 0));
        refused("-1", () -> new Counts(0, 0, -1));
        refused("-1", () -> new Tally(Rows.ORDERS, "a", -1, Counts.NONE));
        allowed(() -> new Tally(Rows.ORDERS, "a", 0, Counts.NONE));
    }

    @Test
    void ratios_are_per_call_and_nothing_without_calls() {
        Counts counts = new Counts(4, 1, 2).plus(new Counts(4, 3, 0));

        assertThat(counts).isEqualTo(new Counts(8, 4, 2));
        assertThat(counts.failureRatio()).isEqualTo(0.5);
        assertThat(counts.slowRatio()).isEqualTo(0.25);
        assertThat(Counts.NONE.failureRatio()).isZero();
        assertThat(Counts.NONE.slowRatio()).isZero();
    }

    private static void allowed(ThrowingCallable value) {
        assertThatCode(value).doesNotThrowAnyException();
    }

    private static void refused(String why, ThrowingCallable value) {
        assertThatIllegalArgumentException().isThrownBy(value).withMessageContaining(why);
    }

    private static CircuitPolicy policy(
            int threshold, @Nullable Double ratio, int throughput, int probes, int successes, int neutral) {
        return new CircuitPolicy(
                threshold,
                ratio,
                CALL,
                throughput,
                CALL,
                2,
                CALL,
                probes,
                successes,
                neutral,
                CALL,
                CALL.plusSeconds(2));
    }

    private static CircuitPolicy breaks(Duration first, Duration longest, Duration lease) {
        return new CircuitPolicy(5, null, CALL, 1, first, 2, longest, 1, 1, 1, CALL, lease);
    }
}

package dev.tidegate.core;

import static dev.tidegate.core.OneBreaker.DOWN;
import static dev.tidegate.core.OneBreaker.ORDERS;
import static dev.tidegate.core.OneBreaker.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private final OneBreaker.Bench bench = new OneBreaker.Bench();
    private final OneBreaker a = new OneBreaker(bench, "a", POLICY);
    private final OneBreaker b = new OneBreaker(bench, "b", POLICY);

    private @Nullable CircuitRecord row() {
        return bench.store.read().records().get(ORDERS);
    }

    @Test
    void the_very_next_call_after_the_failure_that_trips_is_refused_though_the_store_knows_nothing_yet() {
        a.fail(3);

        assertThat(a.refused().reason()).isEqualTo(RefusalReason.OPEN);
        assertThat(a.breaker.snapshot().pending()).isTrue();
        assertThat(Objects.requireNonNull(row()).state()).isEqualTo(AutomaticState.CLOSED);
    }

    @Test
    void nothing_trips_below_the_minimum_throughput() {
        OneBreaker picky = new OneBreaker(bench, "picky", policyWithThreshold(1));
        picky.fail(2);

        assertThat(picky.breaker.state()).isEqualTo(EffectiveState.CLOSED);
        picky.fail(1);
        assertThat(picky.breaker.state()).isEqualTo(EffectiveState.OPEN);
    }

    @Test
    void a_success_between_failures_starts_the_count_anew() {
        a.fail(2);
        a.granted().success();
        a.fail(2);

        assertThat(a.breaker.state()).isEqualTo(EffectiveState.CLOSED);
    }

    @Test
    void a_neutral_answer_between_failures_does_not() {
        a.fail(2);
        a.granted().neutral();
        a.fail(1);

        assertThat(a.breaker.state()).isEqualTo(EffectiveState.OPEN);
    }

    @Test
    void of_two_instances_that_trip_at_once_one_writes_and_the_other_adopts() {
        a.fail(3);
        b.fail(3);
        a.flush();
        b.flush();

        assertThat(Objects.requireNonNull(row()).epoch()).isOne();
        assertThat(a.committed).hasSize(1);
        assertThat(b.committed).isEmpty();
        assertThat(b.breaker.snapshot().record()).isEqualTo(row());
        assertThat(b.breaker.snapshot().pending()).isFalse();
    }

    @Test
    void a_call_of_an_earlier_epoch_changes_nothing_and_counts_as_late() {
        Permit.Granted old = a.granted();
        a.fail(3);

        old.failure(DOWN);
        old.success();

        assertThat(a.breaker.counters().lates()).isEqualTo(2);
    }

    @Test
    void before_the_break_is_over_nobody_claims() {
        a.fail(3);
        a.flush();
        bench.advance(Duration.ofSeconds(29));

        Permit.Refused refused = a.refused();

        assertThat(refused).isNotInstanceOf(ClaimPending.class);
        assertThat(refused.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(4));
        assertThat(a.waiting).isEmpty();
    }

    @Test
    void one_caller_claims_and_the_others_are_refused_at_once() {
        a.fail(3);
        a.flush();
        bench.advance(Duration.ofSeconds(33));

        assertThat(a.refused()).isInstanceOf(ClaimPending.class);
        assertThat(a.refused()).isNotInstanceOf(ClaimPending.class);
        assertThat(a.waiting).hasSize(1);
    }

    @Test
    void a_won_claim_stays_with_the_instance_and_its_next_caller_probes() {
        a.halfOpen();

        assertThat(a.granted().isProbe()).isTrue();
        assertThat(a.refused().reason()).isEqualTo(RefusalReason.HALF_OPEN);
    }

    @Test
    void a_claim_whose_row_the_poll_brings_before_its_answer_probes_all_the_same() {
        a.fail(3);
        a.flush();
        bench.advance(Duration.ofSeconds(33));
        a.isAnswerHeld = true;
        a.refused();
        a.flush();
        a.poll();

        assertThat(a.granted().isProbe()).isTrue();
    }

    @Test
    void enough_successful_probes_close_once_the_store_has_it() {
        a.halfOpen();
        a.granted().success();
        a.flush();
        assertThat(a.breaker.state()).isEqualTo(EffectiveState.HALF_OPEN);
        a.granted().success();
        assertThat(a.breaker.state()).isEqualTo(EffectiveState.HALF_OPEN);
        a.flush();

        assertThat(a.breaker.state()).isEqualTo(EffectiveState.CLOSED);
        assertThat(Objects.requireNonNull(row()).epoch()).isEqualTo(3);
    }

    @Test
    void ten_neutral_answers_without_a_failure_close() {
        a.halfOpen();
        for (int i = 0; i < 10; i++) {
            a.granted().neutral();
            a.flush();
        }

        assertThat(a.breaker.state()).isEqualTo(EffectiveState.CLOSED);
    }

    @Test
    void a_failed_probe_opens_for_twice_as_long_and_lets_others_go_first() {
        a.halfOpen();
        a.granted().failure(DOWN);
        a.flush();
        b.poll();

        assertThat(Objects.requireNonNull(row()).failedRounds()).isEqualTo(2);
        assertThat(b.refused().retryAfter()).isBetween(Duration.ofMinutes(1), Duration.ofSeconds(66));
        assertThat(a.refused().retryAfter())
                .isCloseTo(b.refused().retryAfter().plus(Duration.ofSeconds(1)), Duration.ofMillis(1));
    }

    @Test
    void a_probe_that_never_reached_the_dependency_gives_the_lease_to_others_at_once() {
        a.halfOpen();
        a.granted().release();
        a.flush();
        b.poll();

        assertThat(b.refused()).isInstanceOf(ClaimPending.class);
        assertThat(a.refused()).isNotInstanceOf(ClaimPending.class);
        b.flush();
        assertThat(b.granted().isProbe()).isTrue();
    }

    @Test
    void a_probe_that_never_comes_back_ends_with_its_lease() {
        a.halfOpen();
        Permit.Granted leaked = a.granted();
        b.poll();
        bench.advance(Duration.ofSeconds(11));

        assertThat(b.refused()).isInstanceOf(ClaimPending.class);
        b.flush();
        a.poll();
        leaked.success();

        assertThat(a.breaker.counters().lates()).isOne();
        assertThat(Objects.requireNonNull(row()).state()).isEqualTo(AutomaticState.HALF_OPEN);
        assertThat(b.granted().isProbe()).isTrue();
    }

    @Test
    void no_probe_starts_that_could_outlast_the_lease() {
        a.halfOpen();
        bench.advance(Duration.ofMillis(4_001));

        assertThat(a.refused().reason()).isEqualTo(RefusalReason.HALF_OPEN);
    }

    @Test
    void an_isolated_circuit_refuses_everything_and_drops_a_pending_trip() {
        a.fail(3);
        isolate(Duration.ofHours(1));
        a.poll();
        a.flush();

        assertThat(a.refused().reason()).isEqualTo(RefusalReason.ISOLATED);
        assertThat(Objects.requireNonNull(row()).state()).isEqualTo(AutomaticState.CLOSED);
        bench.advance(Duration.ofHours(1));
        assertThat(a.breaker.tryAcquire()).isInstanceOf(Permit.Granted.class);
    }

    @Test
    void a_bypassed_circuit_lets_calls_through_while_the_automatics_run() {
        override(OperatorOverride.Kind.BYPASSED, Duration.ofHours(1));
        a.poll();

        a.fail(3);

        assertThat(a.breaker.state()).isEqualTo(EffectiveState.BYPASSED);
        assertThat(a.granted().isProbe()).isFalse();
        a.flush();
        assertThat(Objects.requireNonNull(row()).state()).isEqualTo(AutomaticState.OPEN);
    }

    @Test
    void without_the_store_an_instance_trips_probes_and_closes_alone() {
        a.isAway = true;
        a.fail(3);
        a.flush();
        bench.advance(Duration.ofSeconds(34));

        a.granted().success();
        a.granted().success();

        assertThat(a.breaker.state()).isEqualTo(EffectiveState.CLOSED);
        assertThat(a.breaker.snapshot().step()).isPositive();
    }

    @Test
    void what_was_closed_alone_writes_nothing_when_the_row_never_opened() {
        without_the_store_an_instance_trips_probes_and_closes_alone();
        a.isAway = false;
        a.poll();
        a.flush();

        assertThat(Objects.requireNonNull(row()).epoch()).isZero();
        assertThat(a.breaker.state()).isEqualTo(EffectiveState.CLOSED);
    }

    @Test
    void a_trip_made_without_the_store_is_written_on_its_return() {
        a.isAway = true;
        a.fail(3);
        a.flush();
        a.isAway = false;
        a.poll();
        a.flush();

        assertThat(Objects.requireNonNull(row()).state()).isEqualTo(AutomaticState.OPEN);
        assertThat(Objects.requireNonNull(row()).epoch()).isOne();
    }

    @Test
    void what_was_closed_alone_claims_and_closes_an_open_row_while_calls_go_on() {
        a.fail(3);
        a.flush();
        a.isAway = true;
        bench.advance(Duration.ofSeconds(34));
        a.refused();
        a.flush();
        a.granted().success();
        a.granted().success();
        assertThat(a.breaker.state()).isEqualTo(EffectiveState.CLOSED);

        a.isAway = false;
        a.poll();
        assertThat(a.granted().isProbe()).isFalse();
        a.flush();

        assertThat(a.breaker.state()).isEqualTo(EffectiveState.CLOSED);
        assertThat(Objects.requireNonNull(row()).state()).isEqualTo(AutomaticState.CLOSED);
        assertThat(Objects.requireNonNull(row()).epoch()).isEqualTo(3);
        assertThat(Objects.requireNonNull(row()).cause()).isEqualTo(Cause.OUTAGE);
    }

    @Test
    void a_store_set_back_is_believed_after_a_second_read_and_opens_beyond_every_epoch_seen() {
        CircuitRecord before = Objects.requireNonNull(row());
        a.halfOpen();
        long seen = a.breaker.snapshot().record().epoch();

        adoptLater(a, before);
        assertThat(a.waiting).isEmpty();
        adoptLater(a, before);

        assertThat(a.waiting).hasSize(1);
        assertThat(seen).isEqualTo(2);
    }

    private void adoptLater(OneBreaker instance, CircuitRecord row) {
        bench.advance(Duration.ofSeconds(1));
        instance.breaker.adopt(row, bench.ticker.instant(), bench.ticker.nanos(), bench.ticker.nanos());
    }

    private void isolate(Duration lasts) {
        override(OperatorOverride.Kind.ISOLATED, lasts);
    }

    private void override(OperatorOverride.Kind kind, Duration lasts) {
        CircuitRecord row = Objects.requireNonNull(row());
        WriteResult result = bench.store.write(
                new Decision.SetOverride(ORDERS, row.fence(), "override", "api", kind, "op", "because", lasts, null));
        assertThat(result).isInstanceOf(WriteResult.Committed.class);
    }

    private static CircuitPolicy policyWithThreshold(int threshold) {
        return new CircuitPolicy(
                threshold,
                null,
                POLICY.samplingDuration(),
                POLICY.minimumThroughput(),
                POLICY.breakDuration(),
                POLICY.breakMultiplier(),
                POLICY.breakMax(),
                POLICY.probes(),
                POLICY.successesToClose(),
                POLICY.neutralToClose(),
                POLICY.callTimeout(),
                POLICY.lease());
    }
}

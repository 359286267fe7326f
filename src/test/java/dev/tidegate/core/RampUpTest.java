package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RampUpTest {
    private static final CircuitPolicy POLICY = OneBreaker.POLICY.withRampUp(new RampUp(Duration.ofSeconds(10), 11));

    private final OneBreaker.Bench bench = new OneBreaker.Bench();
    private final OneBreaker a = new OneBreaker(bench, "a", POLICY);
    private final OneBreaker b = new OneBreaker(bench, "b", POLICY);

    private static List<Permit.Granted> takeAll(OneBreaker instance) {
        List<Permit.Granted> taken = new ArrayList<>();
        while (taken.size() < 100 && instance.breaker.tryAcquire() instanceof Permit.Granted granted) {
            taken.add(granted);
        }
        return taken;
    }

    @Test
    void a_circuit_that_was_never_open_limits_nothing() {
        assertThat(takeAll(a)).hasSize(100);
        assertThat(a.breaker.ramp()).isNull();
    }

    @Test
    void calls_in_flight_grow_from_one_to_all_over_its_time() {
        a.recover();
        assertThat(takeAll(a)).hasSize(1);
        assertThat(a.refused().reason()).isEqualTo(RefusalReason.RAMP_UP);
        assertThat(a.refused().retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(a.breaker.ramp()).isEqualTo(new RampLimit(1, 11));

        bench.advance(Duration.ofSeconds(5));
        assertThat(takeAll(a)).hasSize(5);
        assertThat(a.breaker.ramp()).isEqualTo(new RampLimit(6, 11));

        bench.advance(Duration.ofSeconds(5));
        assertThat(takeAll(a)).hasSize(100);
        assertThat(a.breaker.ramp()).isNull();
    }

    @Test
    void a_call_that_ends_makes_room_once() {
        a.recover();
        Permit.Granted first = a.granted();

        first.success();
        first.success();

        assertThat(takeAll(a)).hasSize(1);
    }

    @Test
    void every_way_to_settle_makes_room() {
        a.recover();
        a.granted().success(1);
        a.granted().failure(OneBreaker.DOWN);
        a.granted().success();
        a.granted().failure(OneBreaker.DOWN, 1);
        a.granted().neutral();
        a.granted().release();

        assertThat(a.breaker.counts()).isEqualTo(new Counts(4, 2, 0));
        assertThat(takeAll(a)).hasSize(1);
    }

    @Test
    void every_instance_ramps_up_and_one_that_hears_late_is_as_far_as_the_others() {
        a.recover();
        bench.advance(Duration.ofSeconds(5));
        b.poll();

        assertThat(b.breaker.ramp()).isEqualTo(new RampLimit(6, 11));
        assertThat(takeAll(b)).hasSize(6);
    }

    @Test
    void an_override_in_its_midst_does_not_begin_it_anew() {
        a.recover();
        a.granted();
        bench.advance(Duration.ofSeconds(2));
        a.override(OperatorOverride.Kind.BYPASSED);
        a.release();

        assertThat(takeAll(a)).hasSize(2);
    }

    @Test
    void a_trip_within_it_is_one_more_failed_round_and_breaks_longer() {
        a.recover();
        a.fail(3);
        a.flush();

        assertThat(a.row().failedRounds()).isEqualTo(2);
        assertThat(a.refused().retryAfter()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(66));
    }

    @Test
    void a_trip_after_it_is_the_first_again() {
        a.recover();
        bench.advance(Duration.ofSeconds(10));
        a.fail(3);
        a.flush();

        assertThat(a.row().failedRounds()).isOne();
    }

    @Test
    void without_a_ramp_up_failed_rounds_are_forgotten_at_once() {
        OneBreaker plain = new OneBreaker(OneBreaker.POLICY);
        plain.recover();

        assertThat(plain.row().failedRounds()).isZero();
        plain.fail(3);
        plain.flush();
        assertThat(plain.row().failedRounds()).isOne();
    }

    @Test
    void without_the_store_an_instance_ramps_up_alone_and_its_return_does_not_begin_it_anew() {
        a.fail(3);
        a.flush();
        a.isAway = true;
        bench.advance(Duration.ofSeconds(34));
        a.refused();
        a.flush();
        a.granted().success();
        a.granted().success();
        assertThat(a.breaker.ramp()).isEqualTo(new RampLimit(1, 11));
        bench.advance(Duration.ofSeconds(5));

        a.isAway = false;
        a.poll();
        a.flush();

        assertThat(a.row().state()).isEqualTo(AutomaticState.CLOSED);
        assertThat(a.breaker.snapshot().step()).isZero();
        assertThat(a.breaker.ramp()).isEqualTo(new RampLimit(6, 11));
    }

    @Test
    void a_call_that_is_settled_twice_makes_room_and_counts_once() {
        a.recover();
        Permit.Granted neutral = a.granted();
        neutral.neutral();
        neutral.neutral();
        Permit.Granted released = a.granted();
        released.release();
        released.release();

        assertThat(a.breaker.counters().neutrals()).isOne();
        assertThat(a.breaker.counters().inconclusives()).isOne();
        assertThat(takeAll(a)).hasSize(1);
    }
}

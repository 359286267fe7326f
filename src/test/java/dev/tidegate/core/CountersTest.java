package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountersTest {
    private static final long SLOW = Duration.ofSeconds(2).toNanos();
    private static final CircuitPolicy TIMED =
            OneBreaker.probes(3).withSlowCalls(new SlowCalls(Duration.ofNanos(SLOW), 1));
    private static final CircuitPolicy RAMPING = OneBreaker.POLICY.withRampUp(new RampUp(Duration.ofSeconds(10), 11));

    private final OneBreaker a = new OneBreaker(TIMED);
    private final Counters counters = a.breaker.counters();

    @Test
    void each_outcome_of_a_call_is_counted_once() {
        a.granted().success();
        a.granted().failure(OneBreaker.DOWN);
        a.granted().neutral();
        a.granted().release();

        assertThat(outcomes()).containsExactly(1L, 1L, 1L, 1L);
    }

    @Test
    void slow_calls_are_counted_beside_their_outcome() {
        a.granted().success(1);
        a.granted().success(SLOW);
        a.granted().failure(OneBreaker.DOWN, SLOW);

        assertThat(outcomes()).containsExactly(2L, 1L, 0L, 0L);
        assertThat(counters.slows()).isEqualTo(2);
    }

    @Test
    void each_outcome_of_a_probe_is_counted_once() {
        a.halfOpen();
        Permit.Granted one = a.granted();
        Permit.Granted two = a.granted();
        Permit.Granted three = a.granted();
        one.success();
        two.neutral();
        three.release();

        assertThat(outcomes()).as("three failures tripped").containsExactly(1L, 3L, 1L, 1L);
        assertThat(counters.probes()).isEqualTo(3);
    }

    @Test
    void a_probe_that_fails_slowly_is_counted_as_both() {
        a.halfOpen();
        Permit.Granted probe = a.granted();
        assertThat(probe.isTimed()).isTrue();
        probe.failure(OneBreaker.DOWN, SLOW);

        assertThat(counters.failures()).isEqualTo(4);
        assertThat(counters.slows()).isOne();
    }

    @Test
    void a_probe_that_fails_in_time_is_not_slow() {
        a.halfOpen();
        a.granted().failure(OneBreaker.DOWN, SLOW - 1);

        assertThat(counters.failures()).isEqualTo(4);
        assertThat(counters.slows()).isZero();
    }

    @Test
    void a_success_that_is_too_slow_for_a_probe_is_counted_as_slow() {
        a.halfOpen();
        a.granted().success(SLOW);

        assertThat(counters.slows()).isOne();
    }

    @Test
    void what_comes_after_the_trip_is_late_however_it_is_settled() {
        List<Permit.Granted> old = List.of(a.granted(), a.granted(), a.granted(), a.granted());
        a.fail(3);

        old.get(0).success();
        old.get(1).success(SLOW);
        old.get(2).failure(OneBreaker.DOWN);
        old.get(3).failure(OneBreaker.DOWN, SLOW);

        assertThat(counters.lates()).isEqualTo(4);
        assertThat(outcomes()).containsExactly(0L, 3L, 0L, 0L);
    }

    @Test
    void refusals_are_counted_by_their_reason() {
        OneBreaker b = new OneBreaker(RAMPING);
        b.recover();
        long whileOpen = b.breaker.counters().refused(RefusalReason.OPEN);
        b.granted();
        b.refused();

        assertThat(whileOpen).as("the one that claimed").isOne();
        assertThat(b.breaker.counters().refused(RefusalReason.RAMP_UP)).isOne();
    }

    @Test
    void a_refusal_for_want_of_room_among_the_probes_is_counted() {
        OneBreaker b = new OneBreaker(OneBreaker.POLICY);
        b.halfOpen();
        b.granted();
        b.refused();

        assertThat(b.breaker.counters().refused(RefusalReason.HALF_OPEN)).isOne();
    }

    private List<Long> outcomes() {
        return List.of(counters.successes(), counters.failures(), counters.neutrals(), counters.inconclusives());
    }
}

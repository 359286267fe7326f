package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ObservingTest {
    private final OneBreaker.Bench bench = new OneBreaker.Bench();
    private final OneBreaker observing = new OneBreaker(bench, "a", OneBreaker.POLICY.withObserving(true));

    @Test
    void a_circuit_that_observes_trips_and_refuses_nobody() {
        observing.fail(3);
        observing.flush();

        assertThat(observing.row().state()).isEqualTo(AutomaticState.OPEN);
        assertThat(observing.granted().isProbe()).isFalse();
        assertThat(observing.breaker.counters().refused(RefusalReason.OPEN)).isZero();
        assertThat(observing.breaker.counters().spared()).isOne();
    }

    @Test
    void one_call_of_a_round_is_the_probe_and_only_it_decides() {
        observing.fail(3);
        observing.flush();
        bench.advance(Duration.ofSeconds(33));
        assertThat(observing.granted().isProbe()).isFalse();
        observing.flush();
        assertThat(observing.row().state()).isEqualTo(AutomaticState.HALF_OPEN);

        Permit.Granted probe = observing.granted();
        Permit.Granted beside = observing.granted();
        assertThat(probe.isProbe()).isTrue();
        assertThat(beside.isProbe()).isFalse();
        beside.failure(OneBreaker.DOWN);
        beside.success();
        assertThat(observing.row().state()).isEqualTo(AutomaticState.HALF_OPEN);
        probe.success();
        observing.flush();
        observing.granted().success();
        observing.flush();

        assertThat(observing.row().state()).isEqualTo(AutomaticState.CLOSED);
    }

    @Test
    void an_operator_may_still_isolate_it() {
        observing.override(OperatorOverride.Kind.ISOLATED);

        assertThat(observing.refused().reason()).isEqualTo(RefusalReason.ISOLATED);
        assertThat(observing.breaker.counters().refused(RefusalReason.ISOLATED)).isOne();
    }

    @Test
    void its_ramp_up_limits_nothing_and_its_calls_count() {
        OneBreaker ramping = new OneBreaker(OneBreaker.POLICY
                .withRampUp(new RampUp(Duration.ofMinutes(1), 2))
                .withObserving(true));
        ramping.fail(3);
        ramping.flush();
        bench(ramping);

        ramping.fail(2);

        assertThat(ramping.breaker.counts()).isEqualTo(new Counts(2, 2, 0));
    }

    private static void bench(OneBreaker instance) {
        instance.bench.advance(Duration.ofSeconds(33));
        for (int probes = 0; probes < 3; probes++) {
            instance.granted().success();
            instance.flush();
        }
        assertThat(instance.row().state()).isEqualTo(AutomaticState.CLOSED);
    }

    @Test
    void a_bypassed_circuit_claims_and_probes_once_its_break_is_over() {
        OneBreaker bypassed = new OneBreaker(OneBreaker.POLICY);
        bypassed.override(OperatorOverride.Kind.BYPASSED);
        bypassed.fail(3);
        bypassed.flush();
        bypassed.bench.advance(Duration.ofSeconds(33));

        assertThat(bypassed.granted().isProbe()).isFalse();
        bypassed.flush();
        assertThat(bypassed.granted().isProbe()).isTrue();
    }

    @Test
    void an_isolation_that_ended_over_an_open_circuit_leaves_it_to_be_claimed() {
        OneBreaker isolated = new OneBreaker(OneBreaker.POLICY);
        isolated.fail(3);
        isolated.flush();
        isolated.override(OperatorOverride.Kind.ISOLATED);
        isolated.bench.advance(Duration.ofHours(1));

        assertThat(isolated.refused()).isInstanceOf(ClaimPending.class);
        isolated.flush();
        assertThat(isolated.granted().isProbe()).isTrue();
    }
}

package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A round of up to three probes at once, two of which must succeed. */
class ProbesTest {
    private final OneBreaker.Bench bench = new OneBreaker.Bench();
    private final OneBreaker a = new OneBreaker(bench, "a", OneBreaker.probes(3));
    private final OneBreaker b = new OneBreaker(bench, "b", OneBreaker.probes(3));

    @Test
    void as_many_probes_are_in_flight_as_the_policy_allows_and_no_more() {
        a.halfOpen();

        for (int i = 0; i < 3; i++) {
            assertThat(a.granted().isProbe()).isTrue();
        }
        assertThat(a.refused().reason()).isEqualTo(RefusalReason.HALF_OPEN);
    }

    @Test
    void a_probe_that_comes_back_makes_room_for_another() {
        a.halfOpen();
        a.granted();
        a.granted();
        a.granted().success();

        assertThat(a.granted().isProbe()).isTrue();
    }

    @Test
    void a_success_that_is_not_enough_renews_the_lease_and_stores_the_progress() {
        a.halfOpen();
        Permit.Granted probe = a.granted();
        bench.advance(Duration.ofSeconds(3));
        probe.success();
        a.flush();

        Lease lease = Objects.requireNonNull(a.row().lease());
        assertThat(lease.succeeded()).isOne();
        assertThat(Duration.between(bench.ticker.instant(), lease.until()))
                .isBetween(Duration.ofMillis(9_999), Duration.ofSeconds(10));
        bench.advance(Duration.ofSeconds(3));
        assertThat(a.granted().isProbe()).isTrue();
    }

    @Test
    void renewals_that_overtake_each_other_take_no_progress_back() {
        a.halfOpen();
        a.granted().neutral();
        a.granted().neutral();
        Runnable first = a.waiting.removeFirst();
        bench.advance(Duration.ofSeconds(2));
        a.flush();
        first.run();

        assertThat(Objects.requireNonNull(a.row().lease()).neutral()).isEqualTo(2);
    }

    @Test
    void two_at_once_that_succeed_close() {
        a.halfOpen();
        Permit.Granted one = a.granted();
        Permit.Granted other = a.granted();
        one.success();
        other.success();
        a.flush();

        assertThat(a.row().state()).isEqualTo(AutomaticState.CLOSED);
        assertThat(a.row().epoch()).isEqualTo(3);
    }

    @Test
    void one_that_fails_opens_whatever_the_others_say() {
        a.halfOpen();
        Permit.Granted one = a.granted();
        Permit.Granted other = a.granted();
        one.failure(OneBreaker.DOWN);
        other.success();
        a.flush();

        assertThat(a.row().state()).isEqualTo(AutomaticState.OPEN);
        assertThat(a.breaker.counters().lates()).isOne();
    }

    @Test
    void one_that_proves_nothing_gives_the_lease_back_only_with_the_last() {
        a.halfOpen();
        Permit.Granted one = a.granted();
        Permit.Granted other = a.granted();
        one.release();
        a.flush();
        b.poll();
        assertThat(b.refused()).isNotInstanceOf(ClaimPending.class);

        other.release();
        a.flush();
        b.poll();
        assertThat(b.refused()).isInstanceOf(ClaimPending.class);
    }

    @Test
    void a_takeover_begins_its_round_without_the_former_holders_progress() {
        a.halfOpen();
        a.granted().success();
        a.flush();
        bench.advance(Duration.ofSeconds(11));
        b.poll();
        b.refused();
        b.flush();

        assertThat(Objects.requireNonNull(b.row().lease()).succeeded()).isZero();
        b.granted().success();
        b.flush();
        assertThat(b.row().state()).isEqualTo(AutomaticState.HALF_OPEN);
    }

    @Test
    void neutral_answers_and_successes_that_are_not_enough_apart_are_not_enough_together() {
        a.halfOpen();
        a.granted().success();
        a.flush();
        for (int i = 0; i < 9; i++) {
            a.granted().neutral();
            a.flush();
        }
        assertThat(a.row().state()).isEqualTo(AutomaticState.HALF_OPEN);

        a.granted().neutral();
        a.flush();
        assertThat(a.row().state()).isEqualTo(AutomaticState.CLOSED);
    }

    @Test
    void the_next_round_counts_neutral_answers_anew() {
        a.halfOpen();
        for (int i = 0; i < 9; i++) {
            a.granted().neutral();
            a.flush();
        }
        a.granted().failure(OneBreaker.DOWN);
        a.flush();
        bench.advance(Duration.ofSeconds(70));
        a.refused();
        a.flush();

        a.granted().neutral();
        a.flush();

        assertThat(a.row().state()).isEqualTo(AutomaticState.HALF_OPEN);
    }

    @Test
    void the_last_probe_begins_a_call_and_a_second_before_the_lease_ends() {
        a.halfOpen();
        bench.advance(Duration.ofSeconds(4));
        assertThat(a.breaker.mayProbe()).isTrue();

        bench.advance(Duration.ofNanos(1));
        assertThat(a.breaker.mayProbe()).isFalse();
    }

    @Test
    void a_lease_counts_from_before_its_claim_was_sent() {
        a.fail(3);
        a.flush();
        bench.advance(Duration.ofSeconds(33));
        a.refused();
        bench.advance(Duration.ofMillis(4_001));
        a.flush();

        assertThat(a.refused().reason()).isEqualTo(RefusalReason.HALF_OPEN);
    }

    @Test
    void a_renewal_counts_from_before_it_was_sent() {
        a.halfOpen();
        bench.advance(Duration.ofSeconds(3));
        a.granted().success();
        bench.advance(Duration.ofSeconds(2));
        a.flush();
        bench.advance(Duration.ofMillis(2_001));

        assertThat(a.refused().reason()).isEqualTo(RefusalReason.HALF_OPEN);
    }
}

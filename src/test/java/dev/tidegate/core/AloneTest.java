package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An instance that cannot reach the store: it goes on by its own rounds, and joins the row when the store is back. */
class AloneTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final OneBreaker.Bench bench = new OneBreaker.Bench();
    private final OneBreaker a = new OneBreaker(bench, "a", OneBreaker.POLICY);
    private final OneBreaker b = new OneBreaker(bench, "b", OneBreaker.POLICY);

    /** The row is OPEN at epoch 1; the store was found away by a's claim, so a probes alone. */
    private void alone() {
        a.fail(3);
        a.flush();
        a.isAway = true;
        bench.advance(Duration.ofSeconds(34));
        a.refused();
        a.flush();
    }

    private void closedAlone() {
        a.granted().success();
        a.flush();
        a.granted().success();
        a.flush();
        assertThat(a.breaker.state()).isEqualTo(EffectiveState.CLOSED);
    }

    private void back() {
        a.isAway = false;
        a.poll();
        a.flush();
    }

    @Test
    void each_failed_round_breaks_twice_as_long_as_the_one_before() {
        alone();
        a.granted().failure(OneBreaker.DOWN);
        assertThat(a.refused().retryAfter()).isBetween(Duration.ofSeconds(61), Duration.ofSeconds(67));

        bench.advance(Duration.ofSeconds(67));
        a.granted().failure(OneBreaker.DOWN);
        assertThat(a.refused().retryAfter()).isBetween(Duration.ofSeconds(121), Duration.ofSeconds(133));
    }

    @Test
    void a_failed_round_is_a_step_of_its_own_so_that_late_results_stay_fenced() {
        alone();
        long before = a.breaker.snapshot().step();
        a.granted().failure(OneBreaker.DOWN);

        assertThat(a.breaker.snapshot().step()).isEqualTo(before + 1);
        assertThat(a.waiting).as("nothing to tell a store that is away").isEmpty();
    }

    @Test
    void a_probe_that_reached_nothing_is_tried_again_one_interval_later() {
        alone();
        a.granted().release();

        assertThat(a.refused().retryAfter()).isEqualTo(SECOND);
        assertThat(a.breaker.snapshot().step()).isEqualTo(2);
        bench.advance(SECOND);
        assertThat(a.granted().isProbe()).isTrue();
        assertThat(a.breaker.counters().probes()).isEqualTo(2);
    }

    @Test
    void a_probe_that_never_comes_back_ends_with_the_lease_that_it_gave_itself() {
        alone();
        a.granted();
        bench.advance(Duration.ofSeconds(10));

        assertThat(a.refused().reason()).isEqualTo(RefusalReason.HALF_OPEN);
        assertThat(a.breaker.state()).isEqualTo(EffectiveState.OPEN);
        assertThat(a.refused().retryAfter()).isEqualTo(SECOND);
        bench.advance(SECOND);
        assertThat(a.granted().isProbe()).isTrue();
    }

    @Test
    void told_that_the_store_is_away_it_begins_a_round_without_asking_it() {
        a.fail(3);
        a.flush();
        a.breaker.storeAway();
        bench.advance(Duration.ofSeconds(34));

        assertThat(a.granted().isProbe()).isTrue();
        assertThat(a.waiting).isEmpty();
        assertThat(a.refused().reason()).as("one probe at once").isEqualTo(RefusalReason.HALF_OPEN);
    }

    @Test
    void a_renewal_that_finds_the_store_away_goes_on_under_a_lease_of_its_own() {
        a.halfOpen();
        a.isAway = true;
        bench.advance(Duration.ofSeconds(3));
        a.granted().success();
        a.flush();
        bench.advance(Duration.ofSeconds(5));

        assertThat(a.breaker.snapshot().step()).isOne();
        assertThat(a.granted().isProbe())
                .as("the lease from the store would have been too short")
                .isTrue();
    }

    @Test
    void a_success_that_is_not_enough_lengthens_the_own_lease() {
        alone();
        bench.advance(Duration.ofSeconds(4));
        a.granted().success();
        bench.advance(Duration.ofSeconds(5));

        assertThat(a.granted().isProbe()).isTrue();
    }

    @Test
    void a_close_that_finds_the_store_away_closes_here() {
        a.halfOpen();
        a.granted().success();
        a.flush();
        a.granted().success();
        a.isAway = true;
        a.flush();

        assertThat(a.breaker.state()).isEqualTo(EffectiveState.CLOSED);
        assertThat(a.breaker.snapshot().step()).isOne();
    }

    @Test
    void closed_alone_under_a_lease_that_still_holds_it_closes_the_row() {
        a.halfOpen();
        a.isAway = true;
        closedAlone();
        back();

        assertThat(a.row().state()).isEqualTo(AutomaticState.CLOSED);
        assertThat(a.row().epoch()).isEqualTo(3);
        assertThat(a.row().cause()).isEqualTo(Cause.OUTAGE);
    }

    @Test
    void closed_alone_under_a_lease_that_passed_since_it_takes_over_and_closes() {
        a.halfOpen();
        a.isAway = true;
        closedAlone();
        bench.advance(Duration.ofSeconds(11));
        back();

        assertThat(a.row().state()).isEqualTo(AutomaticState.CLOSED);
        assertThat(a.row().epoch()).isEqualTo(4);
        assertThat(a.breaker.state()).isEqualTo(EffectiveState.CLOSED);
    }

    @Test
    void closed_alone_it_follows_another_that_probes_meanwhile() {
        alone();
        closedAlone();
        b.poll();
        b.refused();
        b.flush();
        back();

        assertThat(a.breaker.state()).isEqualTo(EffectiveState.HALF_OPEN);
        assertThat(a.refused().reason()).isEqualTo(RefusalReason.HALF_OPEN);
        assertThat(a.breaker.snapshot().step()).isZero();
    }

    @Test
    void a_round_of_its_own_ends_with_the_stores_return_and_its_probe_is_late() {
        alone();
        Permit.Granted probe = a.granted();
        back();
        probe.success();

        assertThat(a.breaker.state()).isEqualTo(EffectiveState.OPEN);
        assertThat(a.breaker.counters().lates()).isOne();
    }

    @Test
    void what_trips_again_after_it_closed_alone_owes_the_open_row_nothing() {
        alone();
        closedAlone();
        long before = a.breaker.snapshot().step();
        a.fail(3);

        assertThat(a.breaker.state()).isEqualTo(EffectiveState.OPEN);
        assertThat(a.breaker.snapshot().step()).isEqualTo(before + 1);
        assertThat(a.waiting).isEmpty();
    }

    @Test
    void the_claim_that_joins_an_open_row_after_the_outage_tells_of_it() {
        alone();
        closedAlone();
        back();

        assertThat(causeOfEpoch(2)).isEqualTo(Cause.OUTAGE);
    }

    @Test
    void the_takeover_that_joins_a_row_after_the_outage_tells_of_it() {
        a.halfOpen();
        a.isAway = true;
        closedAlone();
        bench.advance(Duration.ofSeconds(11));
        back();

        assertThat(causeOfEpoch(2)).as("the claim before the outage").isEqualTo(Cause.BREAK_OVER);
        assertThat(causeOfEpoch(3)).isEqualTo(Cause.OUTAGE);
    }

    private Cause causeOfEpoch(long epoch) {
        return bench.store.edge(OneBreaker.ORDERS, epoch).orElseThrow().cause();
    }
}

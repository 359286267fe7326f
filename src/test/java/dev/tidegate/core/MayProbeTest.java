package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What whoever waits for a circuit is told before it asks: whether a call would probe or begin to claim. */
class MayProbeTest {
    private final OneBreaker.Bench bench = new OneBreaker.Bench();
    private final OneBreaker a = new OneBreaker(bench, "a", OneBreaker.POLICY);
    private final OneBreaker b = new OneBreaker(bench, "b", OneBreaker.POLICY);

    private void open() {
        a.fail(3);
        a.flush();
    }

    @Test
    void not_while_closed() {
        assertThat(a.breaker.mayProbe()).isFalse();
    }

    @Test
    void from_the_very_end_of_the_break_and_not_before() {
        open();
        Duration left = a.refused().retryAfter();
        bench.advance(left.minusNanos(1));
        assertThat(a.breaker.mayProbe()).isFalse();

        bench.advance(Duration.ofNanos(1));
        assertThat(a.breaker.mayProbe()).isTrue();
    }

    @Test
    void not_while_its_claim_is_on_its_way() {
        open();
        bench.advance(Duration.ofSeconds(34));
        a.refused();

        assertThat(a.breaker.mayProbe()).isFalse();
    }

    @Test
    void while_its_round_has_room() {
        a.halfOpen();
        assertThat(a.breaker.mayProbe()).isTrue();

        a.granted();
        assertThat(a.breaker.mayProbe()).isFalse();
    }

    @Test
    void not_under_anothers_lease_until_that_passed() {
        a.halfOpen();
        b.poll();
        assertThat(b.breaker.mayProbe()).isFalse();

        bench.advance(Duration.ofSeconds(10));
        assertThat(b.breaker.mayProbe()).isTrue();
    }

    @Test
    void once_its_own_lease_passed_it_may_claim_again() {
        a.halfOpen();
        bench.advance(Duration.ofSeconds(10));

        assertThat(a.breaker.mayProbe()).isTrue();
    }

    @Test
    void not_while_isolated() {
        open();
        bench.advance(Duration.ofSeconds(34));
        a.override(OperatorOverride.Kind.ISOLATED);

        assertThat(a.breaker.mayProbe()).isFalse();
    }

    @Test
    void again_when_the_isolation_ended() {
        open();
        a.override(OperatorOverride.Kind.ISOLATED);
        bench.advance(Duration.ofHours(1));

        assertThat(a.breaker.mayProbe()).isTrue();
    }

    @Test
    void not_while_its_own_trip_is_not_confirmed() {
        a.fail(3);
        bench.advance(Duration.ofSeconds(34));

        assertThat(a.breaker.mayProbe()).isFalse();
    }

    @Test
    void but_then_it_may_if_the_store_is_away() {
        a.fail(3);
        a.breaker.storeAway();
        bench.advance(Duration.ofSeconds(34));

        assertThat(a.breaker.mayProbe()).isTrue();
    }
}

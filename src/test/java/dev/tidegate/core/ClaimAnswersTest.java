package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the one caller that began a claim is told, and what its instance does next. */
class ClaimAnswersTest {
    private final OneBreaker.Bench bench = new OneBreaker.Bench();
    private final OneBreaker a = new OneBreaker(bench, "a", OneBreaker.POLICY);
    private final OneBreaker b = new OneBreaker(bench, "b", OneBreaker.POLICY);
    private ClaimPending pending;
    private CompletableFuture<Void> answered;

    @BeforeEach
    void claim() {
        a.fail(3);
        a.flush();
        b.poll();
        bench.advance(Duration.ofSeconds(34));
        pending = (ClaimPending) a.refused();
        answered = pending.answered().toCompletableFuture();
    }

    @Test
    void a_caller_that_claims_is_refused_in_the_epoch_of_the_break_and_may_ask_again_at_once() {
        assertThat(pending.epoch()).isOne();
        assertThat(pending.reason()).isEqualTo(RefusalReason.OPEN);
        assertThat(pending.retryAfter()).isZero();
        assertThat(answered).isNotDone();
    }

    @Test
    void it_is_woken_when_the_claim_is_won() {
        a.flush();

        assertThat(answered).isCompleted();
        assertThat(a.granted().isProbe()).isTrue();
    }

    @Test
    void it_is_woken_when_another_was_first_and_its_instance_follows_the_other() {
        b.refused();
        b.flush();
        a.flush();

        assertThat(answered).isCompleted();
        assertThat(a.breaker.snapshot().record()).isEqualTo(a.row());
        assertThat(a.refused().reason()).isEqualTo(RefusalReason.HALF_OPEN);
    }

    @Test
    void it_is_woken_when_the_store_is_away_and_then_probes_alone() {
        a.isAway = true;
        a.flush();

        assertThat(answered).isCompleted();
        assertThat(a.granted().isProbe()).isTrue();
    }

    @Test
    void a_claim_that_nobody_settled_is_tried_again_one_interval_later() {
        a.isDeferred = true;
        a.flush();
        a.isDeferred = false;

        assertThat(answered).isCompleted();
        assertThat(a.refused().retryAfter()).isEqualTo(Duration.ofSeconds(1));
        bench.advance(Duration.ofSeconds(1));
        assertThat(a.refused()).isInstanceOf(ClaimPending.class);
    }

    @Test
    void a_claim_under_an_isolation_is_lost_and_leaves_the_break_as_it_is() {
        assertThat(bench.store.write(new Decision.SetOverride(
                        OneBreaker.ORDERS,
                        a.row().fence(),
                        "o",
                        "api",
                        OperatorOverride.Kind.ISOLATED,
                        "op",
                        "because",
                        Duration.ofHours(1),
                        null)))
                .isInstanceOf(WriteResult.Committed.class);
        a.flush();

        assertThat(answered).isCompleted();
        assertThat(a.breaker.state()).isEqualTo(EffectiveState.ISOLATED);
        assertThat(a.refused().retryAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(a.refused().epoch()).isOne();
    }
}

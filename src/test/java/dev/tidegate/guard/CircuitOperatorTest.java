package dev.tidegate.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.AutomaticState;
import dev.tidegate.core.Cause;
import dev.tidegate.core.CircuitName;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.OperatorOverride.Kind;
import dev.tidegate.core.RefusalReason;
import dev.tidegate.fixture.TestCircuits;
import dev.tidegate.guard.OperatorChange.Hold;
import dev.tidegate.guard.OperatorChange.Release;
import dev.tidegate.guard.OperatorChange.Reset;
import dev.tidegate.store.InMemoryCircuitStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CircuitOperatorTest {
    private static final CircuitName ORDERS = new CircuitName("orders");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final InMemoryCircuitStore store = new InMemoryCircuitStore(InstantSource.system());
    private final SilentStore way = new SilentStore(store);
    private final TestCircuits a = new TestCircuits("a", way, TestCircuits.quick());
    private final TestCircuits b = new TestCircuits("b", store, TestCircuits.quick());
    private final Circuit onA = a.circuit("orders");
    private final Circuit onB = b.circuit("orders");
    private final CircuitOperator operator =
            new CircuitOperator("a", a, a.link(), () -> UUID.randomUUID().toString());

    CircuitOperatorTest() {
        await().atMost(LONG)
                .until(() -> onA.snapshot().record().version() == 0
                        && onB.snapshot().record().version() == 0);
    }

    @AfterEach
    void end() {
        a.close();
        b.close();
    }

    private OperatorAnswer hold(Kind kind, @Nullable Duration lasts, @Nullable Long replaces) {
        return operator.carryOut(new Hold(ORDERS, kind, "anna", "the bank is being moved", lasts, replaces));
    }

    private long held(OperatorAnswer answer) {
        assertThat(answer).isInstanceOf(OperatorAnswer.Done.class);
        return ((OperatorAnswer.Done) answer).row().override().id();
    }

    private HistoryEntry newest() {
        return store.history(ORDERS, 1, null).get(0);
    }

    @Test
    void an_isolated_circuit_refuses_here_at_once_and_everywhere_soon() {
        held(hold(Kind.ISOLATED, HOUR, null));

        assertThat(onA.acquire())
                .isInstanceOfSatisfying(
                        dev.tidegate.core.Permit.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.ISOLATED));
        await().atMost(LONG).until(() -> onB.state() == EffectiveState.ISOLATED);
        assertThat(newest().actor()).isEqualTo("anna");
        assertThat(newest().detail()).isEqualTo("the bank is being moved");
        assertThat(newest().to()).isEqualTo("ISOLATED");
    }

    @Test
    void of_two_operators_one_comes_first_and_the_other_is_told_what_holds() {
        held(hold(Kind.ISOLATED, HOUR, null));

        OperatorAnswer second = hold(Kind.BYPASSED, HOUR, null);

        assertThat(second)
                .isInstanceOfSatisfying(
                        OperatorAnswer.Outdated.class,
                        outdated -> assertThat(outdated.why()).contains("ISOLATED", "anna"));
        assertThat(onA.state()).isEqualTo(EffectiveState.ISOLATED);
    }

    @Test
    void an_override_is_extended_only_by_who_knows_it_and_its_old_end_passes_unnoticed() {
        long first = held(hold(Kind.ISOLATED, Duration.ofMillis(300), null));

        long extended = held(hold(Kind.ISOLATED, HOUR, first));

        assertThat(extended).isGreaterThan(first);
        assertThat(hold(Kind.ISOLATED, HOUR, first)).isInstanceOf(OperatorAnswer.Outdated.class);
        await().during(Duration.ofMillis(600))
                .atMost(LONG)
                .until(() -> onB.state() == EffectiveState.ISOLATED
                        || onB.snapshot().record().version() < extended);
    }

    @Test
    void a_release_ends_the_override_that_it_names_and_no_other() {
        long id = held(hold(Kind.BYPASSED, null, null));

        assertThat(operator.carryOut(new Release(ORDERS, id + 7, "ben", "over")))
                .isInstanceOf(OperatorAnswer.Outdated.class);
        assertThat(onA.state()).isEqualTo(EffectiveState.BYPASSED);
        assertThat(operator.carryOut(new Release(ORDERS, id, "ben", "over"))).isInstanceOf(OperatorAnswer.Done.class);
        assertThat(onA.state()).isEqualTo(EffectiveState.CLOSED);
        assertThat(newest().actor()).isEqualTo("ben");
    }

    @Test
    void an_end_that_passed_holds_no_longer_and_is_recorded_by_one_of_the_instances() {
        held(hold(Kind.ISOLATED, Duration.ofMillis(200), null));

        await().atMost(LONG).until(() -> onA.state() == EffectiveState.CLOSED);
        await().atMost(LONG).until(() -> newest().to().equals("NONE"));
        await().atMost(LONG)
                .until(() -> onB.snapshot().record().override() == null
                        && onA.snapshot().record().override() == null);
        assertThat(store.history(ORDERS, 10, null)).hasSize(2);
        assertThat(newest().actor()).isNull();
        assertThat(newest().detail()).isEqualTo("its end passed");
    }

    @Test
    void a_reset_closes_and_leaves_the_override() {
        for (int i = 0; i < 3; i++) {
            ((dev.tidegate.core.Permit.Granted) onA.acquire()).failure(new dev.tidegate.core.Failure("503"));
        }
        await().atMost(LONG).until(() -> !onA.snapshot().pending());
        held(hold(Kind.ISOLATED, HOUR, null));

        OperatorAnswer answer = operator.carryOut(new Reset(ORDERS, "anna", "mended"));

        assertThat(answer).isInstanceOf(OperatorAnswer.Done.class);
        assertThat(onA.snapshot().automatic()).isEqualTo(AutomaticState.CLOSED);
        assertThat(onA.snapshot().record().cause()).isEqualTo(Cause.RESET);
        assertThat(onA.state()).isEqualTo(EffectiveState.ISOLATED);
    }

    @Test
    void while_the_store_is_away_nothing_is_changed_and_that_is_told() {
        way.breakDown();
        await().atMost(LONG).until(() -> a.link().outage().isAway());

        assertThat(hold(Kind.ISOLATED, HOUR, null))
                .isInstanceOfSatisfying(
                        OperatorAnswer.NotDone.class,
                        notDone -> assertThat(notDone.why()).contains("the store is away", "nothing was changed"));
    }

    @Test
    void a_write_that_nobody_answered_is_told_as_not_known() {
        way.loseAnswers();

        assertThat(hold(Kind.ISOLATED, HOUR, null)).isInstanceOf(OperatorAnswer.NotKnown.class);
    }

    @Test
    void who_wants_it_and_why_must_be_told() {
        assertThatThrownBy(() -> new Reset(ORDERS, "anna", " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("orders");
        assertThatThrownBy(() -> new Hold(ORDERS, Kind.ISOLATED, "anna", "x", Duration.ZERO, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0S");
        assertThatThrownBy(() -> operator.carryOut(new Reset(new CircuitName("nobody"), "anna", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody");
    }
}

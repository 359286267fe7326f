package dev.tidegate.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.AutomaticState;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.core.RefusalReason;
import dev.tidegate.fixture.TestCircuits;
import dev.tidegate.store.InMemoryCircuitStore;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FleetCircuitsTest {
    private final InMemoryCircuitStore store = new InMemoryCircuitStore(InstantSource.system());
    private final TestCircuits a = new TestCircuits("a", store, TestCircuits.quick());
    private final TestCircuits b = new TestCircuits("b", store, TestCircuits.quick());

    @AfterEach
    void end() {
        a.close();
        b.close();
    }

    @Test
    void a_trip_on_one_instance_refuses_calls_on_both() {
        Circuit onB = b.circuit("orders");

        fail(a.circuit("orders"), 3);

        assertThat(a.circuit("orders").state()).isEqualTo(EffectiveState.OPEN);
        await().until(() -> onB.state() == EffectiveState.OPEN);
        assertThatThrownBy(() -> onB.call(() -> "never"))
                .isInstanceOfSatisfying(CircuitOpenException.class, refusal -> {
                    assertThat(refusal.reason()).isEqualTo(RefusalReason.OPEN);
                    assertThat(refusal.circuit()).isEqualTo("orders");
                    assertThat(refusal.epoch()).isEqualTo(1);
                    assertThat(refusal.getStackTrace()).isEmpty();
                });
    }

    @Test
    void one_successful_probe_closes_the_circuit_for_both_instances() {
        Circuit onB = b.circuit("orders");
        fail(a.circuit("orders"), 3);

        await().until(() -> answers(onB));

        await().until(() -> a.circuit("orders").state() == EffectiveState.CLOSED);
        assertThat(onB.snapshot().record().epoch()).isEqualTo(3);
    }

    @Test
    void observers_on_every_instance_are_told_of_every_transition() {
        Circuit onB = b.circuit("orders");
        await().until(() -> onB.snapshot().record().version() == 0);

        fail(a.circuit("orders"), 3);

        await().untilAsserted(() -> assertThat(b.events())
                .anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(CircuitTransitioned.class, told -> {
                    assertThat(told.to()).isEqualTo(AutomaticState.OPEN);
                    assertThat(told.instance()).isEqualTo("a");
                })));
    }

    @Test
    void an_async_call_counts_when_its_stage_completes() {
        Circuit circuit = a.circuit("orders");
        CompletableFuture<String> pending = new CompletableFuture<>();

        CompletableFuture<String> call = circuit.callAsync(() -> pending).toCompletableFuture();
        assertThat(circuit.counters().failures()).isZero();
        pending.completeExceptionally(new IllegalStateException("down"));

        assertThat(call).isCompletedExceptionally();
        assertThat(circuit.counters().failures()).isOne();
    }

    @Test
    void a_name_that_is_not_allowed_is_told_with_what_is() {
        assertThatThrownBy(() -> a.circuit("Orders!"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'Orders!'")
                .hasMessageContaining("a-z");
    }

    private static boolean answers(Circuit circuit) {
        try {
            return circuit.call(() -> true);
        } catch (Exception refused) {
            return false;
        }
    }

    private static void fail(Circuit circuit, int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> circuit.call(() -> {
                        throw new IllegalStateException("down");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}

package dev.tidegate.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.AutomaticState;
import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.ClaimPending;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.core.Permit;
import dev.tidegate.core.RefusalReason;
import dev.tidegate.fixture.TestCircuits;
import dev.tidegate.store.InMemoryCircuitStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
        // So long that no machine is slow enough to see its end.
        CircuitPolicy longBreak = TestCircuits.quick(Duration.ofMinutes(5));
        try (TestCircuits first = new TestCircuits("first", store, longBreak);
                TestCircuits second = new TestCircuits("second", store, longBreak)) {
            Circuit elsewhere = second.circuit("orders");

            fail(first.circuit("orders"), 3);

            assertThat(first.circuit("orders").state()).isEqualTo(EffectiveState.OPEN);
            await().until(() -> elsewhere.state() == EffectiveState.OPEN);
            assertThatThrownBy(() -> elsewhere.call(() -> "never"))
                    .isInstanceOfSatisfying(CircuitOpenException.class, refusal -> {
                        assertThat(refusal.reason()).isEqualTo(RefusalReason.OPEN);
                        assertThat(refusal.circuit()).isEqualTo("orders");
                        assertThat(refusal.epoch()).isEqualTo(1);
                        assertThat(refusal.getStackTrace()).isEmpty();
                    });
        }
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
        await().until(() -> onB.snapshot().record().since().isAfter(Instant.EPOCH));

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
    void a_circuit_that_many_threads_ask_for_first_is_one_object_and_gets_the_fleets_news() throws Exception {
        ExecutorService askers = Executors.newFixedThreadPool(16);
        try {
            for (int i = 0; i < 200; i++) {
                String name = "first-use-" + i;
                CyclicBarrier barrier = new CyclicBarrier(16);
                List<Future<Circuit>> asked = new ArrayList<>();
                for (int asker = 0; asker < 16; asker++) {
                    asked.add(askers.submit(() -> {
                        barrier.await();
                        return a.circuit(name);
                    }));
                }
                Set<Circuit> circuits = Collections.newSetFromMap(new IdentityHashMap<>());
                for (Future<Circuit> one : asked) {
                    circuits.add(one.get());
                }
                assertThat(circuits).as(name).hasSize(1);
            }
        } finally {
            askers.shutdownNow();
        }
    }

    @Test
    void a_caller_that_starts_a_claim_waits_for_a_silent_store_no_longer_than_its_timeout() throws Exception {
        SilentStore silent = new SilentStore(store);
        try (TestCircuits cut = new TestCircuits("cut", silent, TestCircuits.quick())) {
            Circuit circuit = cut.circuit("orders");
            fail(circuit, 3);
            await().until(() -> !circuit.snapshot().pending());
            silent.fallSilent();
            await().until(() ->
                    circuit.snapshot().retryAfterAt(System.nanoTime()).isZero());

            long begin = System.nanoTime();
            Permit permit = circuit.acquire();
            Duration waited = Duration.ofNanos(System.nanoTime() - begin);

            assertThat(permit).isInstanceOf(ClaimPending.class);
            assertThat(waited).isBetween(Duration.ofMillis(250), Duration.ofSeconds(2));
            silent.speakAgain();
            await().until(() -> answers(circuit));
        }
    }

    @Test
    void a_supplier_without_a_stage_is_a_failure_and_leaks_no_permit() {
        Circuit circuit = a.circuit("orders");

        assertThat(circuit.callAsync(() -> null).toCompletableFuture()).isCompletedExceptionally();
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

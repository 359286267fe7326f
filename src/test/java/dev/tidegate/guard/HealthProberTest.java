package dev.tidegate.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.AutomaticState;
import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Failure;
import dev.tidegate.core.Permit;
import dev.tidegate.fixture.TestCircuits;
import dev.tidegate.store.InMemoryCircuitStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthProberTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final InMemoryCircuitStore store = new InMemoryCircuitStore(InstantSource.system());
    private final TestCircuits circuits = new TestCircuits("a", store, twoSuccesses());
    private final Circuit orders = circuits.circuit("orders");
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Supplier<CompletionStage<Boolean>> health = () -> CompletableFuture.completedFuture(true);
    private final HealthProber prober = prober(Duration.ZERO);

    @AfterEach
    void end() {
        circuits.close();
    }

    private static CircuitPolicy twoSuccesses() {
        return new CircuitPolicy(
                3,
                null,
                Duration.ofMinutes(1),
                1,
                Duration.ofMillis(200),
                1,
                Duration.ofSeconds(1),
                1,
                2,
                10,
                Duration.ofMillis(500),
                Duration.ofSeconds(10));
    }

    private HealthProber prober(Duration grace) {
        HealthProbe probe = () -> {
            asked.incrementAndGet();
            return health.get();
        };
        return new HealthProber(
                circuits,
                name -> name.value().equals("orders")
                        ? Optional.of(new HealthProber.Plan(probe, Duration.ofMillis(20)))
                        : Optional.empty(),
                System::nanoTime,
                grace);
    }

    private void trip(Circuit circuit) {
        for (int i = 0; i < 3; i++) {
            ((Permit.Granted) circuit.acquire()).failure(new Failure("503"));
        }
        await().atMost(LONG).until(() -> !circuit.snapshot().pending());
    }

    private CircuitRecord row() {
        return Objects.requireNonNull(store.read().records().get(orders.name()));
    }

    private boolean tickUntil(Supplier<Boolean> done) {
        prober.tick();
        return done.get();
    }

    @Test
    void an_open_circuit_that_nobody_calls_closes_by_its_health_probe() {
        trip(orders);

        await().atMost(LONG).until(() -> tickUntil(() -> row().state() == AutomaticState.CLOSED));

        assertThat(row().epoch()).isEqualTo(3);
        assertThat(asked).hasValue(2);
        assertThat(orders.counters().probes()).isEqualTo(2);
    }

    @Test
    void a_dependency_that_is_not_well_keeps_it_open_for_another_break() {
        health = () -> CompletableFuture.completedFuture(false);
        trip(orders);

        await().atMost(LONG).until(() -> tickUntil(() -> row().failedRounds() == 2));

        assertThat(row().lastError()).contains("not well");
    }

    @Test
    void a_probe_that_throws_or_never_answers_is_a_failed_one() {
        health = () -> {
            throw new IllegalStateException("no client");
        };
        trip(orders);
        await().atMost(LONG).until(() -> tickUntil(() -> row().failedRounds() == 2));
        assertThat(row().lastError()).contains("no client");

        health = CompletableFuture::new;
        await().atMost(LONG).until(() -> tickUntil(() -> row().failedRounds() == 3));
    }

    @Test
    void a_probe_that_fails_with_an_error_or_answers_nothing_is_asked_again() {
        health = () -> {
            throw new LinkageError("a class is missing");
        };
        trip(orders);
        await().atMost(LONG).until(() -> tickUntil(() -> row().failedRounds() == 2));
        health = () -> null;
        await().atMost(LONG).until(() -> tickUntil(() -> row().failedRounds() == 3));

        health = () -> CompletableFuture.completedFuture(true);

        await().atMost(LONG).until(() -> tickUntil(() -> row().state() == AutomaticState.CLOSED));
    }

    @Test
    void while_the_circuit_is_closed_or_its_break_lasts_nothing_is_asked() {
        prober.tick();
        trip(orders);
        prober.tick();

        assertThat(asked).hasValue(0);
        assertThat(orders.counters().refused(dev.tidegate.core.RefusalReason.OPEN))
                .isZero();
    }

    @Test
    void a_circuit_without_a_health_probe_is_left_alone() {
        Circuit other = circuits.circuit("other");
        trip(other);
        await().atMost(LONG).until(other::mayProbe);

        prober.tick();

        assertThat(other.mayProbe()).isTrue();
        assertThat(asked).hasValue(0);
    }

    @Test
    void calls_come_first() {
        HealthProber patient = prober(LONG);
        trip(orders);
        await().atMost(LONG).until(orders::mayProbe);

        patient.tick();
        patient.tick();
        assertThat(orders.mayProbe()).isTrue();
        assertThat(((Permit.Granted) orders.acquire()).isProbe()).isTrue();
        assertThat(asked).hasValue(0);
    }

    @Test
    void a_round_that_a_caller_began_and_left_is_finished() {
        trip(orders);
        await().atMost(LONG).until(orders::mayProbe);
        ((Permit.Granted) orders.acquire()).success();
        await().atMost(LONG).until(() -> Objects.requireNonNull(row().lease()).succeeded() == 1);

        await().atMost(LONG).until(() -> tickUntil(() -> row().state() == AutomaticState.CLOSED));

        assertThat(asked).hasValue(1);
    }
}

package dev.tidegate.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.core.OperatorOverride;
import dev.tidegate.core.OperatorOverride.Kind;
import dev.tidegate.fixture.PostgresServer;
import dev.tidegate.fixture.RunLength;
import dev.tidegate.fixture.TestCircuits;
import dev.tidegate.guard.CircuitOperator;
import dev.tidegate.guard.OperatorAnswer;
import dev.tidegate.guard.OperatorChange;
import dev.tidegate.store.StoreDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The trouble of bolshakov/stoplight#543: somebody locked a light while the store was away; the panel said done, no
 * application saw it, and a later outage brought an old lock back. Here two instances share a real PostgreSQL.
 */
@Timeout(180)
@Tag("full-length")
class LostLockIT {
    private static final CircuitName ORDERS = new CircuitName("orders");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration OUTAGE = RunLength.of(Duration.ofSeconds(2), Duration.ofSeconds(30));
    private static final Duration BOUND = Duration.ofSeconds(5);

    private PostgresServer server;
    private StoreDatabase database;
    private TestCircuits a;
    private TestCircuits b;
    private CircuitOperator operator;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        server = PostgresServer.start(directory);
        database = StoreDatabase.postgres(server);
        a = new TestCircuits("a", database.store(), TestCircuits.quick());
        b = new TestCircuits("b", database.store(), TestCircuits.quick());
        operator = new CircuitOperator("a", a, a.link(), () -> UUID.randomUUID().toString());
        await().atMost(LONG).until(() -> circuitsHaveRead());
    }

    @AfterEach
    void end() {
        a.close();
        b.close();
        database.close();
        server.close();
    }

    private boolean circuitsHaveRead() {
        return Stream.of(a, b)
                .allMatch(one -> one.circuit("orders").snapshot().record().version() >= 0);
    }

    private List<EffectiveState> states() {
        return List.of(a.circuit("orders").state(), b.circuit("orders").state());
    }

    private OperatorAnswer isolate() {
        return operator.carryOut(new OperatorChange.Hold(ORDERS, Kind.ISOLATED, "anna", "moves", null, null));
    }

    private void awaitAway(boolean isAway) {
        await().atMost(LONG)
                .until(() -> a.link().outage().isAway() == isAway
                        && b.link().outage().isAway() == isAway);
    }

    @Test
    void a_lock_that_was_refused_without_the_store_never_comes() throws Exception {
        server.stop();
        awaitAway(true);
        long asked = System.nanoTime();

        OperatorAnswer answer = isolate();

        assertThat(answer).isInstanceOf(OperatorAnswer.NotDone.class);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(BOUND);
        server.start();
        awaitAway(false);
        await().during(OUTAGE).atMost(LONG).until(() -> !states().contains(EffectiveState.ISOLATED));
        assertThat(database.store().history(ORDERS, 10, null)).isEmpty();
    }

    @Test
    void a_lock_that_was_released_is_not_brought_back_by_a_later_outage() throws Exception {
        OperatorOverride lock = ((OperatorAnswer.Done) isolate()).row().override();
        OperatorChange release = new OperatorChange.Release(ORDERS, lock.id(), "anna", "has moved");
        await().atMost(LONG).until(() -> states().equals(List.of(EffectiveState.ISOLATED, EffectiveState.ISOLATED)));
        server.stop();
        awaitAway(true);
        assertThat(operator.carryOut(release)).isInstanceOf(OperatorAnswer.NotDone.class);
        assertThat(states()).containsOnly(EffectiveState.ISOLATED);
        server.start();
        awaitAway(false);
        assertThat(operator.carryOut(release)).isInstanceOf(OperatorAnswer.Done.class);
        await().atMost(LONG).until(() -> !states().contains(EffectiveState.ISOLATED));

        server.stop();
        awaitAway(true);

        await().during(OUTAGE).atMost(LONG).until(() -> !states().contains(EffectiveState.ISOLATED));
        server.start();
        awaitAway(false);
        await().during(OUTAGE).atMost(LONG).until(() -> !states().contains(EffectiveState.ISOLATED));
    }

    @Test
    void a_lock_into_a_silent_store_is_told_as_not_known_and_what_is_read_afterwards_is_true() throws Exception {
        server.freeze();
        OperatorAnswer answer;
        try {
            long asked = System.nanoTime();
            answer = isolate();
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(BOUND);
        } finally {
            server.thaw();
        }
        assertThat(answer).isInstanceOfAny(OperatorAnswer.NotKnown.class, OperatorAnswer.NotDone.class);
        awaitAway(false);

        // The write may still land; once it cannot, all agree with the row.
        await().atMost(LONG).during(Duration.ofSeconds(1)).until(() -> {
            OperatorOverride held =
                    database.store().read().records().get(ORDERS).override();
            EffectiveState expected = held == null ? EffectiveState.CLOSED : EffectiveState.ISOLATED;
            return states().equals(List.of(expected, expected));
        });
    }
}

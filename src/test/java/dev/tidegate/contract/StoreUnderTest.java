package dev.tidegate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.CircuitStore;
import dev.tidegate.core.Decision;
import dev.tidegate.core.StoreException;
import dev.tidegate.core.WriteResult;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;

/** What every part of the contract starts from: one truth, several instances, a circuit of its own per test. */
abstract class StoreUnderTest {
    static final Duration HOUR = Duration.ofHours(1);
    static final Duration NONE = Duration.ZERO;
    private static final AtomicInteger CIRCUITS = new AtomicInteger();

    final Decide here = new Decide("here");
    final Decide there = new Decide("there");
    CircuitStore store;
    CircuitName circuit;

    /** One more instance's way to the same truth; never asked before the test class is set up. */
    protected abstract CircuitStore instance();

    /** Whether changes are pushed to listeners. */
    protected abstract boolean isPushed();

    @BeforeEach
    final void createACircuit() throws StoreException {
        store = instance();
        circuit = newCircuit();
    }

    final CircuitName newCircuit() throws StoreException {
        CircuitName name = new CircuitName("circuit-" + CIRCUITS.incrementAndGet());
        store.create(Set.of(name));
        return name;
    }

    final CircuitRecord row() throws StoreException {
        return row(circuit);
    }

    final CircuitRecord row(CircuitName name) throws StoreException {
        CircuitRecord row = store.read().records().get(name);
        assertThat(row).as("row of %s", name).isNotNull();
        return row;
    }

    /** Writes, which must succeed, and makes sure that what was answered is what is read. */
    final CircuitRecord committed(Decision decision) throws StoreException {
        WriteResult.Committed result = assertThat(store.write(decision))
                .asInstanceOf(type(WriteResult.Committed.class))
                .actual();
        assertThat(row(decision.circuit())).isEqualTo(result.row());
        return result.row();
    }

    /** Writes, which must be lost, and makes sure that nothing changed. */
    final void lost(Decision decision, String why) throws StoreException {
        CircuitRecord before = row(decision.circuit());
        int entries = store.history(decision.circuit(), 1_000, null).size();

        WriteResult.Lost result = assertThat(store.write(decision))
                .asInstanceOf(type(WriteResult.Lost.class))
                .actual();

        assertThat(result.why()).contains(why);
        assertThat(result.row()).isEqualTo(before);
        assertThat(row(decision.circuit())).isEqualTo(before);
        assertThat(store.history(decision.circuit(), 1_000, null)).hasSize(entries);
    }
}

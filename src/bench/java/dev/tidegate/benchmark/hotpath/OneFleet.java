package dev.tidegate.benchmark.hotpath;

import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.fixture.TestCircuits;
import dev.tidegate.guard.Circuit;
import dev.tidegate.store.InMemoryCircuitStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Circuits as an application has them, each with a store in memory behind it. */
final class OneFleet implements AutoCloseable {
    static final CircuitPolicy POLICY = new CircuitPolicy(
            5,
            0.5,
            Duration.ofMinutes(1),
            Peers.CALLS,
            Duration.ofMinutes(10),
            1,
            Duration.ofMinutes(10),
            1,
            1,
            10,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));

    private final List<TestCircuits> open = new ArrayList<>();

    Circuit circuit(CircuitPolicy policy) {
        TestCircuits circuits = new TestCircuits("bench", new InMemoryCircuitStore(InstantSource.system()), policy);
        open.add(circuits);
        return circuits.circuit("orders");
    }

    @Override
    public void close() {
        open.forEach(TestCircuits::close);
    }
}

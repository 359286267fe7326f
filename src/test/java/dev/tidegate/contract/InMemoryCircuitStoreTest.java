package dev.tidegate.contract;

import dev.tidegate.core.CircuitStore;
import dev.tidegate.store.InMemoryCircuitStore;
import java.time.InstantSource;

class InMemoryCircuitStoreTest extends CircuitStoreContract {
    private final CircuitStore shared = new InMemoryCircuitStore(InstantSource.system(), 10_000_000);

    @Override
    protected CircuitStore instance() {
        return shared;
    }

    @Override
    protected boolean isPushed() {
        return true;
    }
}

package dev.tidegate.benchmark.interceptor;

import dev.tidegate.guard.Circuit;
import dev.tidegate.guard.Circuits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Tidegate without an interceptor: the bean itself calls through its circuit. */
@ApplicationScoped
public class DirectCalls implements Calls {
    private Circuit circuit;

    @Inject
    void use(Circuits circuits) {
        circuit = circuits.circuit("direct");
    }

    @Override
    public int call(int value) throws Exception {
        return circuit.call(() -> value + 1);
    }
}

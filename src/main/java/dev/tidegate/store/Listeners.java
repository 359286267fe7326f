package dev.tidegate.store;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.Subscription;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Who wants to know that a circuit changed. Thread-safe; a listener that throws does not keep the others from hearing. */
final class Listeners {
    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

    // By a key of their own, so that a listener added twice can be taken away once.
    private final Map<Object, Consumer<CircuitName>> all = new ConcurrentHashMap<>();

    Subscription add(Consumer<CircuitName> changed) {
        Object key = new Object();
        all.put(key, changed);
        return () -> all.remove(key);
    }

    void tell(CircuitName circuit) {
        for (Consumer<CircuitName> each : all.values()) {
            tell(each, circuit);
        }
    }

    private static void tell(Consumer<CircuitName> listener, CircuitName circuit) {
        try {
            listener.accept(circuit);
        } catch (RuntimeException thrown) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A listener for changes of circuits failed on circuit " + circuit + "; the poll repairs it",
                    thrown);
        }
    }
}

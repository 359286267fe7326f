package dev.tidegate.store;

import dev.tidegate.core.Subscription;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who wants to know that operators wish something new. Thread-safe; one that throws does not keep the others from hearing. */
final class WishListeners {
    private static final System.Logger LOG = System.getLogger(WishListeners.class.getName());

    // By a key of their own, so that a listener added twice can be taken away once.
    private final Map<Object, Runnable> all = new ConcurrentHashMap<>();

    Subscription add(Runnable changed) {
        Object key = new Object();
        all.put(key, changed);
        return () -> all.remove(key);
    }

    void tell() {
        all.values().forEach(WishListeners::tell);
    }

    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException thrown) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A listener for operators' wishes failed; the poll repairs it",
                    thrown);
        }
    }
}

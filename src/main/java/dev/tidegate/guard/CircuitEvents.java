package dev.tidegate.guard;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Hands events to observers off the thread that made them, one after the other, so that an observer that blocks or throws
 * hurts nobody. Thread-safe.
 */
public final class CircuitEvents {
    private static final System.Logger LOG = System.getLogger(CircuitEvents.class.getName());

    private final Executor oneThread;
    private final Consumer<Object> observers;

    /**
     * @param oneThread a bounded queue with one thread; what it refuses is logged and dropped
     * @param observers tells all observers; may throw
     */
    public CircuitEvents(Executor oneThread, Consumer<Object> observers) {
        this.oneThread = oneThread;
        this.observers = observers;
    }

    /** Tells all observers, later and one after the other. */
    public void tell(Object event) {
        try {
            oneThread.execute(() -> deliver(event));
        } catch (RejectedExecutionException full) {
            LOG.log(System.Logger.Level.WARNING, "observers are too slow, this event was not delivered: {0}", event);
        }
    }

    private void deliver(Object event) {
        try {
            observers.accept(event);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "an observer of " + event + " failed; the circuit goes on", e);
        }
    }
}

package dev.tidegate.wiring;

import dev.tidegate.drain.DrainerChanged;
import dev.tidegate.drain.DrainerListener;
import dev.tidegate.drain.DrainerStatus;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Turns what drainers tell into events for observers, on a thread of their own. Thread-safe. */
final class DrainerNews implements DrainerListener {
    private static final System.Logger LOG = System.getLogger(DrainerNews.class.getName());

    private final Executor oneThread;
    private final Consumer<Object> observers;

    DrainerNews(Executor oneThread, Consumer<Object> observers) {
        this.oneThread = oneThread;
        this.observers = observers;
    }

    @Override
    public void changed(DrainerStatus before, DrainerStatus now) {
        try {
            oneThread.execute(() -> tell(new DrainerChanged(before, now)));
        } catch (RejectedExecutionException full) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "observers are too slow: a change of drainer {0} was not delivered",
                    now.name());
        }
    }

    private void tell(DrainerChanged event) {
        try {
            observers.accept(event);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "an observer of drainer " + event.now().name() + " failed; the drainer goes on",
                    e);
        }
    }
}

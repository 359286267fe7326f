package dev.tidegate.store;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.Subscription;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Keeps one listening connection for as long as the subscription lasts. Run by one thread, closed from any. */
final class ListenLoop implements Runnable, Subscription {
    private static final System.Logger LOG = System.getLogger(ListenLoop.class.getName());
    private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

    private final DataSource source;
    private final PostgresListener.Timing timing;
    private final Consumer<CircuitName> changed;
    private final Runnable missed;
    private final Runnable wished;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable ListeningConnection connection;
    private volatile @Nullable Thread runner;
    private boolean isTold;

    ListenLoop(
            DataSource source,
            PostgresListener.Timing timing,
            Consumer<CircuitName> changed,
            Runnable missed,
            Runnable wished) {
        this.source = source;
        this.timing = timing;
        this.changed = changed;
        this.missed = missed;
        this.wished = wished;
    }

    @Override
    public void run() {
        runner = Thread.currentThread();
        try {
            Duration backoff = timing.firstBackoff();
            while (!isStopped()) {
                backoff = heardSomething() ? timing.firstBackoff() : longer(backoff);
                pause(backoff);
            }
        } finally {
            ended.countDown();
        }
    }

    /** Listens until the connection breaks; whether there was one at all. */
    private boolean heardSomething() {
        boolean isConnected = false;
        try (ListeningConnection opened = ListeningConnection.open(source, timing)) {
            connection = opened;
            isConnected = true;
            told(Level.INFO, "TIDEGATE2004 changes of other instances are listened for again", null, false);
            safely(missed);
            safely(wished);
            while (!isStopped()) {
                opened.await(this::changed, wished);
            }
        } catch (SQLException | RuntimeException broken) {
            told(
                    Level.WARNING,
                    "TIDEGATE2003 listening for changes of other instances broke off; polls go on, and it is tried again: "
                            + broken.getMessage(),
                    broken,
                    true);
        } finally {
            connection = null;
        }
        return isConnected;
    }

    private void changed(String payload) {
        safely(() -> changed.accept(new CircuitName(payload)));
    }

    // One line per outage: further failures until the next success are only detail.
    private void told(Level level, String text, @Nullable Exception error, boolean isBroken) {
        boolean isNews = isBroken != isTold && !isStopped();
        isTold = isBroken;
        if (isNews) {
            LOG.log(level, text);
        }
        LOG.log(Level.DEBUG, text, error);
    }

    private static void safely(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException thrown) {
            LOG.log(Level.WARNING, "A listener for changes of circuits failed; the poll repairs it", thrown);
        }
    }

    private Duration longer(Duration backoff) {
        Duration doubled = backoff.multipliedBy(2);
        return doubled.compareTo(timing.longestBackoff()) > 0 ? timing.longestBackoff() : doubled;
    }

    private void pause(Duration backoff) {
        try {
            if (stop.await(backoff.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }

    private boolean isStopped() {
        return stop.getCount() == 0;
    }

    /** Returns when the connection is closed, or after two seconds at the latest. */
    @Override
    public void close() {
        stop.countDown();
        ListeningConnection open = connection;
        if (open != null) {
            open.abort();
        }
        if (Thread.currentThread() == runner) {
            return;
        }
        try {
            if (!ended.await(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.WARNING, "The thread that listens for changes has not ended within " + LONGEST_STOP);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

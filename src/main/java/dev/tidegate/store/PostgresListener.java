package dev.tidegate.store;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.Subscription;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Hears over PostgreSQL's LISTEN which circuits other instances changed, and that operators wish something new. Each
 * subscription has a thread and a connection of its own, which is never given back to a pool alive. Thread-safe.
 */
public final class PostgresListener {
    /** What is listened on; the payload is the circuit's name. */
    static final String CHANNEL = "tidegate";
    /** On it something new is wished by an operator; the payload is the drainer's name. */
    static final String WISHES = "tidegate_wish";

    private final DataSource source;
    private final ThreadFactory threads;
    private final Timing timing;
    private final WishListeners wishes = new WishListeners();

    /**
     * How a connection is watched and replaced.
     *
     * @param poll the longest that one wait for news lasts; a quiet connection is checked after each
     * @param ping the longest to wait for the answer to that check
     * @param firstBackoff before the second try to connect; it doubles with every further one
     * @param longestBackoff where the doubling ends
     */
    public record Timing(Duration poll, Duration ping, Duration firstBackoff, Duration longestBackoff) {
        /** 1 s, 1 s, 0.1 s and 5 s. */
        public static final Timing DEFAULTS =
                new Timing(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofSeconds(5));

        public Timing {
            if (poll.toMillis() < 1 || ping.toMillis() < 1 || firstBackoff.toMillis() < 1) {
                throw new IllegalArgumentException(
                        "each time of listening is at least 1 ms: " + poll + ", " + ping + ", " + firstBackoff);
            }
            if (longestBackoff.compareTo(firstBackoff) < 0) {
                throw new IllegalArgumentException(
                        "the longest backoff " + longestBackoff + " is shorter than the first " + firstBackoff);
            }
        }
    }

    /**
     * A listener that connects when asked to listen.
     *
     * @param source a data source of its own, not transactional, whose pool destroys what is closed
     * @param threads for one long-lived thread per subscription
     */
    public PostgresListener(DataSource source, ThreadFactory threads, Timing timing) {
        this.source = source;
        this.threads = threads;
        this.timing = timing;
    }

    /**
     * Begins to listen, now or as soon as the database is there.
     *
     * @param changed hears the circuits; must not block
     * @param missed runs after each connecting: anything may have changed before
     */
    public Subscription listen(Consumer<CircuitName> changed, Runnable missed) {
        ListenLoop loop = new ListenLoop(source, timing, changed, missed, wishes::tell);
        Thread thread = threads.newThread(loop);
        thread.start();
        return loop;
    }

    /**
     * Hears as well of operators' wishes, as long as a subscription of {@link #listen} is there.
     *
     * @param changed runs after each wish and after each connecting; must not block
     */
    public Subscription listenForWishes(Runnable changed) {
        return wishes.add(changed);
    }
}

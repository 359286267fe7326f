package dev.tidegate.drain.http;

import java.net.http.HttpClient;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The HTTP client in use. It does not tell whether it reuses a connection, so the idle ones are counted here: the count may be
 * too high, since a server may have closed some, but never too low. Safe for use by many threads.
 */
final class Connections {
    private final Supplier<HttpClient> factory;
    private volatile Generation current;

    Connections(Supplier<HttpClient> factory) {
        this.factory = factory;
        this.current = new Generation(factory.get());
    }

    /** Begins an exchange. */
    Use use() {
        Generation generation = current;
        return new Use(generation, generation.takeIdle());
    }

    /** Begins an exchange on a connection made after the one broke that was reused; others that wait there are suspect too. */
    Use useFresh(Use broken) {
        synchronized (this) {
            if (current == broken.generation) {
                current = new Generation(factory.get());
            }
        }
        return use();
    }

    /** One exchange's part in the count. */
    static final class Use {
        private final Generation generation;
        private final boolean mayBeReused;

        private Use(Generation generation, boolean mayBeReused) {
            this.generation = generation;
            this.mayBeReused = mayBeReused;
        }

        HttpClient client() {
            return generation.client;
        }

        boolean mayBeReused() {
            return mayBeReused;
        }

        /** The answer was read to its end, so that the connection waits for the next. */
        void giveBack() {
            generation.idle.incrementAndGet();
        }
    }

    private static final class Generation {
        private final HttpClient client;
        private final AtomicInteger idle = new AtomicInteger();

        Generation(HttpClient client) {
            this.client = client;
        }

        boolean takeIdle() {
            return idle.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
        }
    }
}

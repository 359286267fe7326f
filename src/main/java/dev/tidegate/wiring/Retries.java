package dev.tidegate.wiring;

import dev.tidegate.core.StoreException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does what needs the store until the store lets it be done, or until the stop. Thread-safe. */
final class Retries {
    private static final System.Logger LOG = System.getLogger(Retries.class.getName());

    /** A piece of work that may be done again. */
    @FunctionalInterface
    interface Work {
        void run() throws StoreException;
    }

    private final Duration first;
    private final Duration longest;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** @param first delay; it doubles up to the longest */
    Retries(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /**
     * Returns when it is done. Each new reason for failing is logged once.
     *
     * @throws InterruptedException when stopped before or meanwhile: what comes next must not begin
     */
    void untilDone(String what, Work work) throws InterruptedException {
        Duration delay = first;
        String told = null;
        while (true) {
            String why = attempt(work);
            if (stopped.getCount() == 0) {
                throw new InterruptedException("stopped while " + what);
            }
            if (why == null) {
                return;
            }
            if (!Objects.equals(told, why)) {
                LOG.log(System.Logger.Level.WARNING, "TIDEGATE0005 {0} is tried again until it works: {1}", what, why);
                told = why;
            }
            if (stopped.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new InterruptedException("stopped before " + what);
            }
            delay = delay.multipliedBy(2).compareTo(longest) < 0 ? delay.multipliedBy(2) : longest;
        }
    }

    void stop() {
        stopped.countDown();
    }

    private static @Nullable String attempt(Work work) {
        try {
            work.run();
            return null;
        } catch (StoreException e) {
            return String.valueOf(e.getMessage());
        }
    }
}

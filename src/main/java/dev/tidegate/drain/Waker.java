package dev.tidegate.drain;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Ends a poll that waits, and nothing else: a wake-up is only sent while the poll itself waits, not into a rebalance
 * callback or a commit. {@link #wake} and {@link #stop} may be called by any thread, the rest by the poll thread.
 */
final class Waker {
    private final Object lock = new Object();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Consumer<byte[], byte[]> polling;
    private boolean wished;

    void wake() {
        Consumer<byte[], byte[]> waiting;
        synchronized (lock) {
            wished = true;
            waiting = polling;
        }
        // Not under the lock, for the consumer has locks of its own. One that is sent at the last moment may so arrive
        // in
        // a callback after all: what may wait there is done again (Committer).
        if (waiting != null) {
            waiting.wakeup();
        }
    }

    void stop() {
        stopped.countDown();
        wake();
    }

    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Waits, at most that long, for the stop. An interrupt counts as one. */
    void pause(Duration atMost) {
        try {
            if (stopped.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            stopped.countDown();
        }
    }

    ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> consumer, Duration atMost) {
        Duration wait;
        synchronized (lock) {
            wait = wished ? Duration.ZERO : atMost;
            wished = false;
            polling = consumer;
        }
        try {
            return consumer.poll(wait);
        } catch (WakeupException woken) {
            return ConsumerRecords.empty();
        } finally {
            synchronized (lock) {
                polling = null;
            }
        }
    }

    /** Runs what a poll calls back, out of reach of wake-ups. */
    void undisturbed(Runnable callback) {
        Consumer<byte[], byte[]> interrupted;
        synchronized (lock) {
            interrupted = polling;
            polling = null;
        }
        try {
            callback.run();
        } finally {
            synchronized (lock) {
                polling = interrupted;
            }
        }
    }
}

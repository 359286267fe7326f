package dev.tidegate.drain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The one lock of a drainer. State changes inside a turn; calls to anybody else (processors, executors, listeners, the
 * consumer's wake-up) are put off until the lock is free, so that no foreign code ever runs under it. Thread-safe.
 */
final class Turn {
    private static final System.Logger LOG = System.getLogger(Turn.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final List<Runnable> later = new ArrayList<>();
    private Runnable last = () -> {};

    /** What ends every turn: hands over what may be handed over. */
    void endWith(Runnable step) {
        last = step;
    }

    void run(Runnable step) {
        call(() -> {
            step.run();
            return true;
        });
    }

    <T> T call(Supplier<T> step) {
        List<Runnable> calls = List.of();
        lock.lock();
        try {
            T result = step.get();
            if (lock.getHoldCount() == 1) {
                last.run();
                calls = List.copyOf(later);
                later.clear();
                moved.signalAll();
            }
            return result;
        } finally {
            lock.unlock();
            calls.forEach(Turn::make);
        }
    }

    /** Reads without being a turn: nothing may change. */
    <T> T peek(Supplier<T> reading) {
        lock.lock();
        try {
            return reading.get();
        } finally {
            lock.unlock();
        }
    }

    private static void make(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "a bug: a call after a drainer's turn failed", e);
        }
    }

    /** Inside a turn: makes that call once the lock is free. */
    void later(Runnable call) {
        later.add(call);
    }

    /** Waits until that holds, as seen inside a turn; returns whether it does. An interrupt ends the wait and is kept. */
    boolean await(BooleanSupplier condition, Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = moved.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return condition.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }
}

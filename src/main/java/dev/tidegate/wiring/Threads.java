package dev.tidegate.wiring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Every pool of this instance, made of the container's managed threads. Each has an end: a most of threads and of waiting
 * tasks. Thread-safe.
 */
final class Threads implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Threads.class.getName());
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration CLOSING = Duration.ofSeconds(3);

    private final ThreadFactory managed;
    private final List<ExecutorService> pools = new ArrayList<>();

    Threads(ThreadFactory managed) {
        this.managed = managed;
    }

    /** For one long-lived thread of its own. */
    ThreadFactory factory() {
        return managed;
    }

    /** A task that finds all threads busy and the queue full is refused. */
    synchronized ThreadPoolExecutor pool(int threads, int waiting) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), managed);
        pool.allowCoreThreadTimeOut(true);
        pools.add(pool);
        return pool;
    }

    /** More or fewer threads from now on; those that work end what they have begun. */
    static void resize(ThreadPoolExecutor pool, int threads) {
        boolean grows = threads > pool.getMaximumPoolSize();
        if (grows) {
            pool.setMaximumPoolSize(threads);
        }
        pool.setCorePoolSize(threads);
        if (!grows) {
            pool.setMaximumPoolSize(threads);
        }
    }

    /** For what is short: deadlines, not work. */
    synchronized ScheduledExecutorService scheduler(int threads) {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(threads, managed);
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        scheduler.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        pools.add(scheduler);
        return scheduler;
    }

    /** Lets what runs end within three seconds, then interrupts it. */
    @Override
    public synchronized void close() {
        pools.forEach(ExecutorService::shutdown);
        long endNanos = System.nanoTime() + CLOSING.toNanos();
        for (ExecutorService pool : pools) {
            try {
                if (!pool.awaitTermination(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    LOG.log(
                            System.Logger.Level.DEBUG,
                            "{0} tasks never ran",
                            pool.shutdownNow().size());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                pool.shutdownNow();
            }
        }
    }
}

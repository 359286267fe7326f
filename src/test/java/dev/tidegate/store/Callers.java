package dev.tidegate.store;

import dev.tidegate.core.Failure;
import dev.tidegate.core.Permit;
import dev.tidegate.guard.Circuit;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that make guarded calls as fast as they may, each call failing or not as told, and how long the longest of them
 * was kept by entering or settling. Beside them one thread that only sleeps tells how long the machine itself keeps a thread.
 */
final class Callers {
    private static final int THREADS = 8;
    private static final long BETWEEN_NANOS = 200_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
    private final List<Circuit> circuits;
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong probes = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();
    private final AtomicLong hiccupNanos = new AtomicLong();
    private volatile boolean isDown;
    private volatile boolean isEnded;

    private Callers(List<Circuit> circuits) {
        this.circuits = circuits;
    }

    static Callers start(long seed, List<Circuit> circuits) {
        Callers callers = new Callers(circuits);
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed + i);
            callers.threads.execute(() -> callers.callOn(random));
        }
        callers.threads.execute(callers::sleepOn);
        return callers;
    }

    /** From now on that is how calls end. */
    void downstream(boolean down) {
        isDown = down;
    }

    /** Forgets what was measured so far. */
    void measureAnew() {
        calls.set(0);
        probes.set(0);
        longestNanos.set(0);
        hiccupNanos.set(0);
    }

    long calls() {
        return calls.get();
    }

    /** Calls under a lease: each had a claim before it. */
    long probes() {
        return probes.get();
    }

    /** The longest that a caller was kept by a circuit. */
    Duration longest() {
        return Duration.ofNanos(longestNanos.get());
    }

    /** The longest that a thread that waits for nothing was kept from running. */
    Duration hiccup() {
        return Duration.ofNanos(hiccupNanos.get());
    }

    private void callOn(Random random) {
        while (!isEnded) {
            Circuit circuit = circuits.get(random.nextInt(circuits.size()));
            boolean fails = isDown || random.nextInt(10) == 0;
            long begin = System.nanoTime();
            Permit permit = circuit.acquire();
            if (permit instanceof Permit.Granted granted) {
                settle(granted, fails);
            }
            longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
            calls.incrementAndGet();
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
    }

    private void settle(Permit.Granted granted, boolean fails) {
        if (granted.isProbe()) {
            probes.incrementAndGet();
        }
        if (fails) {
            granted.failure(new Failure("down"));
        } else {
            granted.success();
        }
    }

    private void sleepOn() {
        while (!isEnded) {
            long begin = System.nanoTime();
            LockSupport.parkNanos(BETWEEN_NANOS);
            hiccupNanos.accumulateAndGet(System.nanoTime() - begin - BETWEEN_NANOS, Math::max);
        }
    }

    /** Returns when all have ended their last call. */
    void end() throws InterruptedException {
        isEnded = true;
        threads.shutdown();
        if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
            throw new AssertionError("a caller never came back");
        }
    }
}

package dev.tidegate.core;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One ramp-up on one instance: from 1 call in flight to the full concurrency, evenly over its time. Thread-safe. */
final class Ramp {
    private final long lastsNanos;
    private final int full;
    private final long beginNanos;
    private final AtomicInteger inFlight = new AtomicInteger();

    Ramp(RampUp policy, long beginNanos) {
        this.lastsNanos = policy.lasts().toNanos();
        this.full = policy.concurrency();
        this.beginNanos = beginNanos;
    }

    /** What is left of the ramp-up that began when the row was closed, or {@code null} where none is. */
    static @Nullable Ramp since(CircuitRecord closed, CircuitPolicy policy, Instant storeNow, long answeredNanos) {
        RampUp rampUp = policy.rampUp();
        // A row that was never open has nothing to recover from.
        if (rampUp == null || closed.epoch() == 0) {
            return null;
        }
        Duration gone = Duration.between(closed.since(), storeNow);
        if (gone.compareTo(rampUp.lasts()) >= 0) {
            return null;
        }
        return new Ramp(rampUp, answeredNanos - Math.max(0, gone.toNanos()));
    }

    boolean isOver(long nanos) {
        return nanos - beginNanos >= lastsNanos;
    }

    RampLimit limitAt(long nanos) {
        return new RampLimit(allowed(nanos), full);
    }

    private int allowed(long nanos) {
        double gone = (double) Math.max(0, nanos - beginNanos) / lastsNanos;
        return 1 + (int) Math.min(full - 1, (full - 1) * gone);
    }

    /** Takes a place, if there is one; {@link #leave} gives it back. */
    boolean enter(long nanos) {
        int limit = allowed(nanos);
        int now = inFlight.get();
        while (now < limit) {
            if (inFlight.compareAndSet(now, now + 1)) {
                return true;
            }
            now = inFlight.get();
        }
        return false;
    }

    void leave() {
        inFlight.decrementAndGet();
    }

    /** Until one place more is there, or the end; a call that ends may make room sooner. */
    long nanosToRoom(long nanos) {
        double share = full == 1 ? 1 : (double) allowed(nanos) / (full - 1);
        return Math.max(0, beginNanos + (long) Math.ceil(Math.min(1, share) * lastsNanos) - nanos);
    }
}

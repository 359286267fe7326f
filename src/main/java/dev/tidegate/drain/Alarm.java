package dev.tidegate.drain;

import dev.tidegate.core.Ticker;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One wake-up call at the earliest moment that anybody waits for. Guarded by the drainer's turn. */
final class Alarm {
    private final ScheduledExecutorService scheduler;
    private final Ticker ticker;
    private final Runnable ring;
    private @Nullable ScheduledFuture<?> call;
    private long atNanos;

    Alarm(ScheduledExecutorService scheduler, Ticker ticker, Runnable ring) {
        this.scheduler = scheduler;
        this.ticker = ticker;
        this.ring = ring;
    }

    /** Rings at that reading of the ticker or sooner. */
    void by(long nanos) {
        ScheduledFuture<?> set = call;
        if (set != null) {
            if (atNanos - nanos <= 0) {
                return;
            }
            set.cancel(false);
        }
        atNanos = nanos;
        try {
            call = scheduler.schedule(ring, Math.max(0, nanos - ticker.nanos()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException stopping) {
            call = null;
        }
    }

    /** It rang: the next one is set anew. */
    void rang() {
        call = null;
    }

    void off() {
        if (call != null) {
            call.cancel(false);
        }
    }
}

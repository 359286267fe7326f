package dev.tidegate.monitor;

import dev.tidegate.core.Ticker;
import java.time.Duration;

/** The sign of life of something that comes back at a known interval. Thread-safe. */
public final class Heartbeat {
    private final String name;
    private final Duration interval;
    private final Ticker ticker;
    private volatile long lastNanos;

    /**
     * Counts as having beaten now, so that a start is given as much time as a beat.
     *
     * @param name what is shown to people
     * @param interval between two beats when all is well
     */
    public Heartbeat(String name, Duration interval, Ticker ticker) {
        this.name = name;
        this.interval = interval;
        this.ticker = ticker;
        this.lastNanos = ticker.nanos();
    }

    public String name() {
        return name;
    }

    public void beat() {
        lastNanos = ticker.nanos();
    }

    /** Whether it has been silent no longer than that beyond its own interval. */
    public boolean isAlive(Duration stuckAfter) {
        return ticker.nanos() - lastNanos <= interval.plus(stuckAfter).toNanos();
    }
}

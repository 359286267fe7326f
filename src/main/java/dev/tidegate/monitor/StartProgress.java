package dev.tidegate.monitor;

import java.util.concurrent.atomic.AtomicReference;

/** How far this instance has come since it was deployed. Only goes on, never back. Thread-safe. */
public final class StartProgress {
    /** What the start waits for. The order is the order of the start. */
    public enum Phase {
        WAITING_FOR_STORE,
        STARTING,
        /** Circuits were read and drainers were started: stays so whatever goes away later. */
        STARTED
    }

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING_FOR_STORE);

    public Phase phase() {
        return phase.get();
    }

    public boolean isStarted() {
        return phase.get() == Phase.STARTED;
    }

    /** Goes on to that phase; an earlier one than the present changes nothing. */
    public void reached(Phase next) {
        phase.accumulateAndGet(next, (now, asked) -> asked.compareTo(now) > 0 ? asked : now);
    }
}

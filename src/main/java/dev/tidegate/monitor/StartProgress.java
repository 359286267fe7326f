package dev.tidegate.monitor;

/** How far this instance has come since it was deployed. Only goes on, never back. Thread-safe. */
public final class StartProgress {
    /** What the start waits for. The order is the order of the start. */
    public enum Phase {
        WAITING_FOR_STORE,
        STARTING,
        /** Circuits were read and drainers were started: stays so whatever goes away later. */
        STARTED
    }

    private volatile Phase phase = Phase.WAITING_FOR_STORE;

    public Phase phase() {
        return phase;
    }

    public boolean isStarted() {
        return phase == Phase.STARTED;
    }

    /** Goes on to that phase; an earlier one than the present changes nothing. */
    public synchronized void reached(Phase next) {
        if (next.compareTo(phase) > 0) {
            phase = next;
        }
    }
}

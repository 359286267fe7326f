package dev.tidegate.monitor;

import dev.tidegate.drain.Drainer;
import dev.tidegate.drain.DrainerState;
import dev.tidegate.drain.Drainers;
import dev.tidegate.guard.Circuits;
import java.time.Duration;

/**
 * What the timer does at every tick: catches what news and deadlines have missed. Transitions do not wait for it. Each step
 * returns soon and is told of in the log if it fails; the next one runs all the same. Thread-safe.
 */
public final class Monitor {
    private static final System.Logger LOG = System.getLogger(Monitor.class.getName());

    private final Duration interval;
    private final StartProgress start;
    private final Heartbeat heartbeat;
    private final Circuits circuits;
    private final Drainers drainers;
    private final Runnable askBroker;
    private final Runnable readStore;

    /**
     * @param interval between two ticks
     * @param askBroker begins to find out whether the broker answers, and does not wait
     * @param readStore begins to read the circuits, and does not wait
     */
    public Monitor(
            Duration interval,
            StartProgress start,
            Heartbeat heartbeat,
            Circuits circuits,
            Drainers drainers,
            Runnable askBroker,
            Runnable readStore) {
        this.interval = interval;
        this.start = start;
        this.heartbeat = heartbeat;
        this.circuits = circuits;
        this.drainers = drainers;
        this.askBroker = askBroker;
        this.readStore = readStore;
    }

    public Duration interval() {
        return interval;
    }

    /** One tick. Throws nothing, and waits neither for the store nor for the broker. */
    public void tick() {
        heartbeat.beat();
        step("asking the broker", askBroker);
        if (!start.isStarted()) {
            return;
        }
        step("reading the circuits", readStore);
        drainers.all().forEach(drainer -> step("restarting drainer " + drainer.name(), () -> restart(drainer)));
        step("telling the status", this::tell);
    }

    // The drainer itself knows how long it must wait between two starts.
    private static void restart(Drainer drainer) {
        if (drainer.status().state() == DrainerState.FAILED) {
            drainer.start();
        }
    }

    private void tell() {
        LOG.log(System.Logger.Level.INFO, () -> "TIDEGATE3001 " + StatusLine.of(circuits, drainers));
    }

    private static void step(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            // An error too: the container would count the tick as failed, and leave the steps behind it out.
            LOG.log(System.Logger.Level.WARNING, "the monitor failed at " + what + "; the next tick tries again", e);
        }
    }
}

package dev.tidegate.drain;

import java.util.function.Supplier;

/** Tells the listener, and the log, of each change of state, cause or pause causes once, in order. Thread-safe. */
final class Announcer {
    private static final System.Logger LOG = System.getLogger(Announcer.class.getName());

    private final DrainerListener listener;
    private DrainerStatus last;

    Announcer(DrainerListener listener, DrainerStatus first) {
        this.listener = listener;
        this.last = first;
    }

    synchronized void tell(Supplier<DrainerStatus> status) {
        DrainerStatus before = last;
        DrainerStatus now = status.get();
        if (before.state() == now.state() && before.pauseCauses().equals(now.pauseCauses())) {
            return;
        }
        last = now;
        LOG.log(
                System.Logger.Level.INFO,
                "TIDEGATE4001 drainer={0} state={1} before={2} pauseCauses={3}{4}",
                now.name(),
                now.state(),
                before.state(),
                now.pauseCauses(),
                now.cause() == null ? "" : " cause=\"" + now.cause() + "\"");
        try {
            listener.changed(before, now);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a listener of drainer " + now.name() + " failed", e);
        }
    }
}

package dev.tidegate.wiring;

import dev.tidegate.guard.CircuitEvents;
import dev.tidegate.guard.StoreCameBack;
import dev.tidegate.guard.StoreWentAway;
import dev.tidegate.store.StoreOutage;
import java.time.Duration;

/** Tells log and observers of a store outage: once when it begins, once when it ends. */
final class OutageLog implements StoreOutage.Listener {
    private static final System.Logger LOG = System.getLogger(OutageLog.class.getName());

    private final CircuitEvents events;

    OutageLog(CircuitEvents events) {
        this.events = events;
    }

    @Override
    public void storeWentAway(String why) {
        LOG.log(
                System.Logger.Level.WARNING,
                () -> "TIDEGATE2001 the store does not answer; circuits go on with what is known: " + why);
        events.tell(new StoreWentAway(why));
    }

    @Override
    public void storeCameBack(Duration away) {
        LOG.log(System.Logger.Level.INFO, () -> "TIDEGATE2002 the store answers again, after " + away);
        events.tell(new StoreCameBack(away));
    }
}

package dev.tidegate.monitor;

import dev.tidegate.store.StoreOutage;
import java.time.Instant;
import java.time.InstantSource;

/** The store as the link to it knows it. Before the first answer the instance's own clock stands in for the store's. */
public final class OutageWatch implements StoreWatch {
    private final StoreOutage outage;
    private final InstantSource clock;

    public OutageWatch(StoreOutage outage, InstantSource clock) {
        this.outage = outage;
        this.clock = clock;
    }

    @Override
    public boolean isReachable() {
        return outage.hasAnswered() && !outage.isAway();
    }

    @Override
    public long outages() {
        return outage.outages();
    }

    @Override
    public Instant now() {
        Instant told = outage.storeNow();
        return told == null ? clock.instant() : told;
    }
}

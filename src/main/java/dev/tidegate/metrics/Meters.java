package dev.tidegate.metrics;

import dev.tidegate.drain.Drainer;
import dev.tidegate.drain.Drainers;
import dev.tidegate.guard.Circuit;
import dev.tidegate.guard.Circuits;
import dev.tidegate.monitor.BrokerWatch;
import dev.tidegate.monitor.StoreWatch;
import dev.tidegate.publish.Publisher;
import dev.tidegate.publish.Publishers;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.metrics.MetricRegistry;

/**
 * All meters of this instance. Circuits come into being when they are first asked for, so each {@link #follow} registers
 * what is new and brings the counters up to date: to be called about once a second. Thread-safe.
 */
public final class Meters implements AutoCloseable {
    private final Registered registered;
    private final Circuits circuits;
    private final Drainers drainers;
    private final Publishers publishers;
    private final Map<String, CircuitMeters> ofCircuits = new HashMap<>();
    private final Map<String, DrainerMeters> ofDrainers = new HashMap<>();
    private final Map<String, PublisherMeters> ofPublishers = new HashMap<>();
    private final StoreWatch store;
    private final Total storeOutages;
    private boolean isClosed;

    public Meters(
            MetricRegistry registry,
            Circuits circuits,
            Drainers drainers,
            Publishers publishers,
            StoreWatch store,
            BrokerWatch broker) {
        this.registered = new Registered(registry);
        this.circuits = circuits;
        this.drainers = drainers;
        this.publishers = publishers;
        this.store = store;
        storeOutages = registered.total(Meter.STORE_OUTAGES);
        registered.gauge(Meter.STORE_REACHABLE, () -> store.isReachable() ? 1 : 0);
        registered.gauge(Meter.BROKER_REACHABLE, () -> broker.isReachable() ? 1 : 0);
    }

    /** Registers what is new and brings every counter up to date. Does nothing after {@link #close}. */
    public synchronized void follow() {
        if (isClosed) {
            return;
        }
        storeOutages.follow(store.outages());
        for (Circuit circuit : circuits.all()) {
            ofCircuits
                    .computeIfAbsent(circuit.name().value(), name -> new CircuitMeters(circuit, registered))
                    .follow();
        }
        for (Drainer drainer : drainers.all()) {
            ofDrainers
                    .computeIfAbsent(drainer.name(), name -> new DrainerMeters(drainer, registered))
                    .follow();
        }
        for (Publisher publisher : publishers.all()) {
            ofPublishers
                    .computeIfAbsent(publisher.name(), name -> new PublisherMeters(publisher, registered))
                    .follow();
        }
    }

    /** Takes every meter away. */
    @Override
    public synchronized void close() {
        isClosed = true;
        ofCircuits.values().forEach(CircuitMeters::close);
        registered.removeAll();
    }
}

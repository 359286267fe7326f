package dev.tidegate.wiring;

import dev.tidegate.drain.Drainers;
import dev.tidegate.drain.wish.WishFollower;
import dev.tidegate.guard.Circuits;
import dev.tidegate.guard.FleetCircuits;
import dev.tidegate.guard.HealthProbe;
import dev.tidegate.guard.HealthProber;
import dev.tidegate.monitor.BrokerProbe;
import dev.tidegate.monitor.Conditions;
import dev.tidegate.monitor.Heartbeat;
import dev.tidegate.monitor.InstanceReporter;
import dev.tidegate.monitor.Monitor;
import dev.tidegate.monitor.OutageWatch;
import dev.tidegate.monitor.StartProgress;
import dev.tidegate.monitor.StoreWatch;
import dev.tidegate.monitor.report.FleetMemory;
import dev.tidegate.monitor.report.ThisInstance;
import dev.tidegate.publish.Publishers;
import dev.tidegate.store.DrainerWishes;
import dev.tidegate.store.FleetCount;
import dev.tidegate.store.InstanceReports;
import dev.tidegate.store.StoreLink;
import dev.tidegate.store.StoreOutage;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** What watches over this instance. */
@Dependent
public class MonitorProducer {
    private static final Duration BROKER_ANSWERS_WITHIN = Duration.ofSeconds(5);
    private static final Duration HEALTH_INTERVAL = Duration.ofSeconds(10);
    private static final Duration CALLS_COME_FIRST = Duration.ofSeconds(1);

    @Produces
    @Singleton
    StartProgress progress() {
        return new StartProgress();
    }

    @Produces
    @Singleton
    Heartbeat heartbeat(TidegateSettings settings, Surroundings surroundings) {
        return new Heartbeat("monitor", settings.monitorInterval(), surroundings.ticker());
    }

    @Produces
    @Singleton
    StoreWatch storeWatch(StoreOutage outage, Surroundings surroundings) {
        return new OutageWatch(outage, surroundings.clock());
    }

    // The broker that records come from, or go to: it may be set for drainers and publishers alone.
    private static Map<String, String> watched(TidegateSettings settings) {
        if (!settings.drainers().isEmpty()) {
            return settings.drainers().get(0).kafka();
        }
        return settings.publishers().isEmpty()
                ? settings.kafka()
                : settings.publishers().get(0).kafka();
    }

    @Produces
    @Singleton
    BrokerProbe broker(TidegateSettings settings, Threads threads) {
        Map<String, Object> properties = new HashMap<>();
        watched(settings).forEach((key, value) -> {
            if (KafkaClient.ADMIN.knows(key)) {
                properties.put(key, value);
            }
        });
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "tidegate-health");
        boolean isNeeded =
                !settings.drainers().isEmpty() || !settings.publishers().isEmpty();
        return new BrokerProbe(isNeeded, () -> Admin.create(properties), BROKER_ANSWERS_WITHIN, threads.pool(1, 1));
    }

    @Produces
    @Singleton
    Monitor monitor(
            TidegateSettings settings,
            StartProgress progress,
            Heartbeat heartbeat,
            Circuits circuits,
            Drainers drainers,
            BrokerProbe broker,
            StoreLink link) {
        return new Monitor(
                settings.monitorInterval(), progress, heartbeat, circuits, drainers, broker::check, link::readSoon);
    }

    @Produces
    @Singleton
    ThisInstance self(TidegateSettings settings, Surroundings surroundings) {
        return new ThisInstance(
                settings.instance(), Version.read(), surroundings.clock().instant(), SettingsHash.of(settings));
    }

    @Produces
    @Singleton
    FleetMemory fleet(TidegateSettings settings, InstanceReports reports, DrainerWishes wishes) {
        return new FleetMemory(settings.instance(), reports, wishes);
    }

    @Produces
    @Singleton
    InstanceReporter reporter(
            ThisInstance self,
            Circuits circuits,
            Drainers drainers,
            Publishers publishers,
            InstanceReports reports,
            FleetMemory fleet,
            TidegateSettings settings) {
        return new InstanceReporter(
                self,
                circuits,
                drainers,
                publishers,
                reports,
                fleet,
                settings.store().reportInterval());
    }

    @Produces
    @Singleton
    Conditions conditions(
            StartProgress progress, StoreWatch store, BrokerProbe broker, Circuits circuits, Drainers drainers) {
        return new Conditions(progress, store, broker, circuits, drainers);
    }

    /** A bean that is named for the circuit comes before the downstream behind it. */
    @Produces
    @Singleton
    HealthProber prober(
            TidegateSettings settings,
            Circuits circuits,
            MadeDrainers made,
            Surroundings surroundings,
            @Any Instance<HealthProbe> beans) {
        // One that nobody calls is still probed, so it must be there.
        settings.circuits().values().stream()
                .filter(circuit -> circuit.healthProbe() != null)
                .forEach(circuit -> circuits.circuit(circuit.name()));
        return new HealthProber(
                circuits,
                name -> {
                    String bean = settings.circuit(name.value()).healthProbe();
                    return bean == null
                            ? Optional.ofNullable(made.probes().get(name.value()))
                            : Optional.of(new HealthProber.Plan(
                                    beans.select(NamedLiteral.of(bean)).get(), HEALTH_INTERVAL));
                },
                surroundings.ticker(),
                CALLS_COME_FIRST);
    }

    @Produces
    @Singleton
    RegularWork regularWork(
            LiveSettings settings,
            FleetCircuits circuits,
            MadeDrainers drainers,
            ThisInstance self,
            FleetCount fleetCount,
            HealthProber prober,
            WishFollower wishes) {
        return new RegularWork(settings, circuits, drainers, self, fleetCount, prober, wishes);
    }
}

package dev.tidegate.wiring;

import dev.tidegate.drain.wish.WishFollower;
import dev.tidegate.guard.FleetCircuits;
import dev.tidegate.guard.HealthProber;
import dev.tidegate.monitor.report.ThisInstance;
import dev.tidegate.store.FleetCount;
import java.time.Duration;
import java.util.function.BiConsumer;

/** What is done again and again beside the monitor's tick, once the instance has started. */
record RegularWork(
        LiveSettings settings,
        FleetCircuits circuits,
        MadeDrainers drainers,
        ThisInstance self,
        FleetCount fleetCount,
        HealthProber prober,
        WishFollower wishes) {
    private static final Duration PROBES_ARE_LOOKED_FOR = Duration.ofMillis(250);

    /** @param every does a piece of work at an interval */
    void begin(BiConsumer<Duration, Runnable> every) {
        TidegateSettings atStart = settings.current();
        every.accept(atStart.tallyInterval(), fleetCount::exchange);
        every.accept(atStart.store().pollInterval(), wishes::follow);
        every.accept(PROBES_ARE_LOOKED_FOR, prober::tick);
        every.accept(atStart.monitorInterval(), this::followSettings);
    }

    void followSettings() {
        if (!settings.refresh()) {
            return;
        }
        TidegateSettings now = settings.current();
        circuits.follow(circuit -> now.circuit(circuit.value()).policy());
        now.drainers().forEach(drainers::follow);
        self.settingsChanged(SettingsHash.of(now));
    }
}

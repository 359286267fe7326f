package dev.tidegate.wiring;

import dev.tidegate.guard.HealthProber;
import dev.tidegate.store.FleetCount;
import java.time.Duration;
import java.util.function.BiConsumer;

/** What is done again and again beside the monitor's tick, once the instance has started. */
record RegularWork(FleetCount fleetCount, Duration tallyInterval, HealthProber prober) {
    private static final Duration PROBES_ARE_LOOKED_FOR = Duration.ofMillis(250);

    /** @param every does a piece of work at an interval */
    void begin(BiConsumer<Duration, Runnable> every) {
        every.accept(tallyInterval, fleetCount::exchange);
        every.accept(PROBES_ARE_LOOKED_FOR, prober::tick);
    }
}

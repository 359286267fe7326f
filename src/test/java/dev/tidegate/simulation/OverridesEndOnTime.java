package dev.tidegate.simulation;

import dev.tidegate.core.EffectiveState;
import dev.tidegate.core.OperatorOverride;
import java.time.Instant;

/** Nobody is held open or closed beyond an override's end, whether the store is reached or not. */
final class OverridesEndOnTime implements Invariant {
    @Override
    public String violationIn(FleetSimulation.World world) {
        for (SimulatedInstance instance : world.instances()) {
            EffectiveState state = instance.state();
            boolean isHeld = state == EffectiveState.ISOLATED || state == EffectiveState.BYPASSED;
            OperatorOverride override = instance.snapshot().record().override();
            if (!isHeld || instance.isDead()) {
                continue;
            }
            if (override == null) {
                return instance.name + " is " + state + " by nobody";
            }
            Instant until = override.until();
            // The store keeps whole microseconds, so an instance may learn its end up to one late.
            if (until != null && world.time().isAfter(until.plusNanos(1_000))) {
                return instance.name + " is " + state + " at " + world.time() + " by " + override;
            }
        }
        return "";
    }
}

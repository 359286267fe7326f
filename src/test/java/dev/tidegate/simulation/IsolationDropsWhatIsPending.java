package dev.tidegate.simulation;

import dev.tidegate.core.EffectiveState;

/** An instance that knows of an operator's isolation owes the store no trip any more, so none comes when the isolation ends. */
final class IsolationDropsWhatIsPending implements Invariant {
    @Override
    public String violationIn(FleetSimulation.World world) {
        for (SimulatedInstance instance : world.instances()) {
            if (instance.state() == EffectiveState.ISOLATED
                    && instance.snapshot().pending()
                    && !instance.isDead()) {
                return instance.name + " is isolated and still owes what it decided: " + instance.snapshot();
            }
        }
        return "";
    }
}

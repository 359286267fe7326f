package dev.tidegate.simulation;

/** An instance that knows of an operator's isolation begins no call. */
final class NobodyCallsWhileIsolated implements Invariant {
    @Override
    public String violationIn(FleetSimulation.World world) {
        for (SimulatedInstance instance : world.instances()) {
            if (!instance.callsWhileIsolated().isEmpty()) {
                return instance.callsWhileIsolated();
            }
        }
        return "";
    }
}

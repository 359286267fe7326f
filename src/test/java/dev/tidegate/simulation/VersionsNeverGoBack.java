package dev.tidegate.simulation;

/** No observer sees a version go back (no backup is restored in this simulation). */
final class VersionsNeverGoBack implements Invariant {
    @Override
    public String violationIn(FleetSimulation.World world) {
        return world.instances().stream()
                .map(SimulatedInstance::violation)
                .filter(violation -> !violation.isEmpty())
                .findFirst()
                .orElse("");
    }
}

package dev.tidegate.simulation;

/**
 * No observer sees an epoch go back, two edges of one epoch, or a version go back, but for the version of the row that
 * continues a restored backup.
 */
final class VersionsNeverGoBack implements Invariant {
    @Override
    public String violationIn(FleetSimulation.World world) {
        for (SimulatedInstance instance : world.instances()) {
            if (!instance.violation().isEmpty()) {
                return instance.violation();
            }
        }
        return "";
    }
}

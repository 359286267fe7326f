package dev.tidegate.simulation;

/** What an operator was told is done is written, and what is told as not done never is, not even late. */
final class OperatorsAreToldTheTruth implements Invariant {
    @Override
    public String violationIn(FleetSimulation.World world) {
        for (SimulatedOperator.Told told : world.told()) {
            // A backup that was restored since knows nothing of it.
            if (told.isOpen() || told.restores() != world.store().restores()) {
                continue;
            }
            boolean isWritten = world.store().holds(told.change().token());
            if (isWritten != told.isDone()) {
                return told + " but it is " + (isWritten ? "" : "not ") + "written";
            }
        }
        return "";
    }
}

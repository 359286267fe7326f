package dev.tidegate.simulation;

import dev.tidegate.core.Decision;

/** Each edge makes the next epoch, and nothing else makes one; after a restore it is one above the greatest that was seen. */
final class EpochsHaveNoGap implements Invariant {
    @Override
    public String violationIn(FleetSimulation.World world) {
        for (RestorableStore.Written written : world.written()) {
            long before = written.before().epoch();
            long expected = written.decision() instanceof Decision.Restore restore
                    ? restore.greatestEpochSeen() + 1
                    : before + (written.decision().isEdge() ? 1 : 0);
            if (written.after().epoch() != expected) {
                return written.decision() + " made epoch " + written.after().epoch() + " of " + before;
            }
            if (written.after().version() != written.before().version() + 1) {
                return written.decision() + " made version " + written.after().version() + " of "
                        + written.before().version();
            }
        }
        return "";
    }
}

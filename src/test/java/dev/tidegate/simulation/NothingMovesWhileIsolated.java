package dev.tidegate.simulation;

import dev.tidegate.core.Decision;

/** While an operator isolates, the automatics stand still: no epoch is made but by an operator's reset or after a restore. */
final class NothingMovesWhileIsolated implements Invariant {
    @Override
    public String violationIn(FleetSimulation.World world) {
        for (RestorableStore.Written written : world.written()) {
            boolean isByHand =
                    written.decision() instanceof Decision.Reset || written.decision() instanceof Decision.Restore;
            boolean hasMoved = written.before().epoch() != written.after().epoch();
            if (hasMoved && !isByHand && written.before().isIsolatedAt(written.at())) {
                return written.decision() + " was written at " + written.at() + " under "
                        + written.before().override();
            }
        }
        return "";
    }
}

package dev.tidegate.simulation;

import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Decision;
import dev.tidegate.core.Lease;

/** What is written was decided on the very epoch that it changes, and a round is ended or prolonged by its holder alone. */
final class StaleDecisionsWriteNothing implements Invariant {
    @Override
    public String violationIn(FleetSimulation.World world) {
        for (RestorableStore.Written written : world.written()) {
            Decision decision = written.decision();
            CircuitRecord before = written.before();
            boolean isOfOverride = decision instanceof Decision.SetOverride || decision instanceof Decision.EndOverride;
            if (!isOfOverride && !decision.base().equals(before.fence())) {
                return decision + " was written over " + before.fence();
            }
            boolean isHolders = decision instanceof Decision.Close
                    || decision instanceof Decision.Reopen
                    || decision instanceof Decision.Renew
                    || decision instanceof Decision.GiveBack;
            Lease lease = before.lease();
            if (isHolders && (lease == null || !lease.owner().equals(decision.instance()))) {
                return decision + " was written under " + lease;
            }
        }
        return "";
    }
}

package dev.tidegate.simulation;

import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Decision;
import dev.tidegate.core.Lease;
import dev.tidegate.core.OperatorOverride;
import java.util.Objects;

/**
 * What is written was decided on the very epoch that it changes, a round is ended or prolonged by its holder alone, and a
 * change of an override follows the very override for which it was decided.
 */
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
            if (!isOfTheOverride(written)) {
                return decision + " was written over " + before.override();
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

    private static boolean isOfTheOverride(RestorableStore.Written written) {
        OperatorOverride held = written.before().override();
        if (written.decision() instanceof Decision.EndOverride end) {
            return held != null && held.id() == end.id();
        }
        if (written.decision() instanceof Decision.SetOverride set) {
            boolean isHeld = held != null && held.isInForceAt(written.at());
            return Objects.equals(isHeld ? Long.valueOf(held.id()) : null, set.replaces());
        }
        return true;
    }
}

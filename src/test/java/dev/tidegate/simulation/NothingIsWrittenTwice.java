package dev.tidegate.simulation;

import dev.tidegate.core.Decision;
import java.util.HashSet;
import java.util.Set;

/**
 * One edge and one change of an override is written at most once, however often it was submitted and whatever became of the
 * answers. A change of the lease may be: it says the same again.
 */
final class NothingIsWrittenTwice implements Invariant {
    private final Set<String> tokens = new HashSet<>();

    @Override
    public String violationIn(FleetSimulation.World world) {
        for (RestorableStore.Written written : world.written()) {
            Decision decision = written.decision();
            boolean isOfLease = decision instanceof Decision.Renew || decision instanceof Decision.GiveBack;
            if (!isOfLease && !tokens.add(decision.token())) {
                return decision + " was written again at " + written.at();
            }
        }
        return "";
    }
}

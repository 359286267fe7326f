package dev.tidegate.simulation;

import dev.tidegate.core.AutomaticState;
import dev.tidegate.core.Decision;
import java.util.Set;

/** The automatics take the edges of the table and no other. */
final class OnlyAllowedEdges implements Invariant {
    private static final Set<String> ALLOWED =
            Set.of("CLOSED>OPEN", "OPEN>HALF_OPEN", "HALF_OPEN>HALF_OPEN", "HALF_OPEN>CLOSED", "HALF_OPEN>OPEN");

    @Override
    public String violationIn(FleetSimulation.World world) {
        for (RestorableStore.Written written : world.written()) {
            AutomaticState to = written.after().state();
            String edge = written.before().state() + ">" + to;
            boolean isAllowed = written.decision() instanceof Decision.Reset
                    ? to == AutomaticState.CLOSED
                    : written.decision() instanceof Decision.Restore
                            ? to == AutomaticState.OPEN
                            : !written.decision().isEdge() || ALLOWED.contains(edge);
            if (!isAllowed) {
                return "edge " + edge + " by " + written.decision();
            }
        }
        return "";
    }
}

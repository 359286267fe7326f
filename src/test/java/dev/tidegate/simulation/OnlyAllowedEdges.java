package dev.tidegate.simulation;

import dev.tidegate.core.AutomaticState;
import java.util.Set;

/** The automatics take the edges of the table and no other; each begins where the one before ended. */
final class OnlyAllowedEdges implements Invariant {
    private static final Set<String> ALLOWED =
            Set.of("CLOSED>OPEN", "OPEN>HALF_OPEN", "HALF_OPEN>HALF_OPEN", "HALF_OPEN>CLOSED", "HALF_OPEN>OPEN");

    private AutomaticState last = AutomaticState.CLOSED;
    private long lastEpoch;

    @Override
    public String violationIn(FleetSimulation.World world) {
        if (world.row().epoch() == lastEpoch) {
            return "";
        }
        String edge = last + ">" + world.row().state();
        last = world.row().state();
        lastEpoch = world.row().epoch();
        return ALLOWED.contains(edge) ? "" : "edge " + edge + " at epoch " + lastEpoch;
    }
}

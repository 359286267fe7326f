package dev.tidegate.simulation;

import dev.tidegate.core.HistoryEntry;

/** The newest edge in the history is the one that made the row. */
final class HistoryTellsTheRow implements Invariant {
    @Override
    public String violationIn(FleetSimulation.World world) {
        if (world.written().isEmpty() || world.row().epoch() == 0) {
            return "";
        }
        HistoryEntry edge =
                world.store().edge(FleetSimulation.ORDERS, world.row().epoch()).orElse(null);
        return edge != null && edge.fence().equals(world.row().fence())
                ? ""
                : "the row is at " + world.row().fence() + ", its history says " + edge;
    }
}

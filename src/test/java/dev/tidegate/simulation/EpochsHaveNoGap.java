package dev.tidegate.simulation;

import dev.tidegate.core.HistoryEntry;

/** Every step's newest entry is the row's own epoch, and no epoch is skipped or made twice. */
final class EpochsHaveNoGap implements Invariant {
    private long lastEpoch;

    @Override
    public String violationIn(FleetSimulation.World world) {
        long epoch = world.row().epoch();
        if (epoch == lastEpoch) {
            return "";
        }
        if (epoch != lastEpoch + 1) {
            return "epoch " + epoch + " follows " + lastEpoch;
        }
        lastEpoch = epoch;
        return newest(world).fence().equals(world.row().fence()) ? "" : "the row and its history differ at " + epoch;
    }

    static HistoryEntry newest(FleetSimulation.World world) {
        return world.store().history(FleetSimulation.ORDERS, 1, null).get(0);
    }
}

package dev.tidegate.simulation;

import dev.tidegate.core.AutomaticState;
import dev.tidegate.core.Cause;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Lease;
import java.util.List;

/**
 * Among instances that reach the store, calls in flight under the row's own lease are at most {@code probes}. Once a backup
 * was restored, and again once that was noticed, a holder from before may still probe for one lease.
 */
final class AtMostProbesUnderTheLease implements Invariant {
    private int restores;
    private long excusedUntil;

    @Override
    public String violationIn(FleetSimulation.World world) {
        CircuitRecord row = world.row();
        boolean isNoticed =
                world.written().stream().anyMatch(written -> written.after().cause() == Cause.RESTORED);
        if (world.store().restores() != restores || isNoticed) {
            restores = world.store().restores();
            excusedUntil = world.now() + world.policy().lease().toNanos();
        }
        Lease lease = row.lease();
        if (row.state() != AutomaticState.HALF_OPEN || lease == null || world.now() < excusedUntil) {
            return "";
        }
        List<String> probes = world.instances().stream()
                .filter(instance -> !instance.isDead() && !instance.isFrozen())
                .flatMap(instance -> instance.calls.stream()
                        .filter(call -> call.permit().isProbe() && !call.isLocal())
                        .filter(call -> call.end() > world.now())
                        .map(call -> instance.name + " at epoch "
                                + call.permit().epoch() + " from " + call.start() + " to " + call.end()))
                .toList();
        return probes.size() <= world.policy().probes()
                ? ""
                : probes + " are in flight at " + world.now() + " under epoch " + row.epoch() + ", " + lease;
    }
}

package dev.tidegate.simulation;

import dev.tidegate.core.AutomaticState;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Lease;
import java.util.List;

/**
 * Among instances that reach the store, calls in flight under the row's own lease are at most {@code probes}.
 */
final class AtMostProbesUnderTheLease implements Invariant {
    @Override
    public String violationIn(FleetSimulation.World world) {
        CircuitRecord row = world.row();
        Lease lease = row.lease();
        if (row.state() != AutomaticState.HALF_OPEN || lease == null) {
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

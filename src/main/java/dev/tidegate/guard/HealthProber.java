package dev.tidegate.guard;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.core.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Probes circuits that have a health probe where no call comes to do it: under the same lease and with the same
 * consequences as a call. Calls come first, since they prove more; so it waits a moment for one. For one thread at a time.
 */
public final class HealthProber {
    private static final System.Logger LOG = System.getLogger(HealthProber.class.getName());

    /**
     * How one circuit is probed.
     *
     * @param interval from the end of a probe to the next
     */
    public record Plan(HealthProbe probe, Duration interval) {}

    private final Circuits circuits;
    private final Function<CircuitName, Optional<Plan>> plans;
    private final Ticker ticker;
    private final Duration grace;
    private final Map<CircuitName, Optional<ProbedCircuit>> probed = new HashMap<>();

    /**
     * @param plans how a circuit is probed, if it is
     * @param grace how long a call is waited for before this probes
     */
    public HealthProber(Circuits circuits, Function<CircuitName, Optional<Plan>> plans, Ticker ticker, Duration grace) {
        this.circuits = circuits;
        this.plans = plans;
        this.ticker = ticker;
        this.grace = grace;
    }

    /** Begins what is due; neither waits nor throws. To be called a few times a second. */
    public synchronized void tick() {
        for (Circuit circuit : circuits.all()) {
            try {
                probed.computeIfAbsent(circuit.name(), name -> planned(circuit))
                        .filter(one -> isWanted(circuit))
                        .ifPresent(ProbedCircuit::tick);
            } catch (RuntimeException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "circuit " + circuit.name() + " could not be probed; it is tried again",
                        e);
            }
        }
    }

    private Optional<ProbedCircuit> planned(Circuit circuit) {
        return plans.apply(circuit.name()).map(plan -> new ProbedCircuit(circuit, plan, ticker, grace));
    }

    private static boolean isWanted(Circuit circuit) {
        return circuit.state() != EffectiveState.ISOLATED;
    }
}

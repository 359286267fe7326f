package dev.tidegate.health;

import dev.tidegate.core.Cause;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.guard.Circuit;
import dev.tidegate.guard.Circuits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Which circuits are not closed. They do their work then, so the instance stays ready unless configured otherwise. */
@Readiness
@ApplicationScoped
public class CircuitsCheck implements HealthCheck {
    private final Circuits circuits;
    private final HealthRules rules;

    @Inject
    public CircuitsCheck(Circuits circuits, HealthRules rules) {
        this.circuits = circuits;
        this.rules = rules;
    }

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    protected CircuitsCheck() {
        this.circuits = null;
        this.rules = null;
    }

    @Override
    public HealthCheckResponse call() {
        Map<String, String> states = new TreeMap<>();
        boolean areAllClosed = true;
        for (Circuit circuit : circuits.all()) {
            EffectiveState state = circuit.state();
            areAllClosed &= state == EffectiveState.CLOSED;
            states.put(
                    circuit.name().value(),
                    told(state, circuit.snapshot().record().cause()));
        }
        return Answers.of("circuits", areAllClosed || rules.isDegradedReady(), states);
    }

    // A backup of the store in the place of the store is more than an open circuit: it is told as long as it is why.
    private static String told(EffectiveState state, Cause cause) {
        return cause == Cause.RESTORED ? state.name() + " " + cause : state.name();
    }
}

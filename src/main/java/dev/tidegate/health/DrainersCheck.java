package dev.tidegate.health;

import dev.tidegate.drain.Drainer;
import dev.tidegate.drain.DrainerState;
import dev.tidegate.drain.DrainerStatus;
import dev.tidegate.drain.Drainers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * What each drainer does. An instance becomes ready when every drainer has had its place in its group, so that no rollout
 * goes on before. Then one that FAILED makes it not ready, a paused or waiting one only if configured so.
 */
@Readiness
@ApplicationScoped
public class DrainersCheck implements HealthCheck {
    private final Drainers drainers;
    private final HealthRules rules;

    @Inject
    public DrainersCheck(Drainers drainers, HealthRules rules) {
        this.drainers = drainers;
        this.rules = rules;
    }

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    protected DrainersCheck() {
        this.drainers = null;
        this.rules = null;
    }

    @Override
    public HealthCheckResponse call() {
        Map<String, String> states = new TreeMap<>();
        boolean isReady = true;
        for (Drainer drainer : drainers.all()) {
            DrainerStatus status = drainer.status();
            isReady &= drainer.hasJoined() && isReady(status);
            states.put(drainer.name(), status.state().name());
        }
        return Answers.of("drainers", isReady, states);
    }

    private boolean isReady(DrainerStatus status) {
        boolean isAtWork = status.state() == DrainerState.RUNNING && status.blocking() == null;
        return status.state() != DrainerState.FAILED && (isAtWork || rules.isDegradedReady());
    }
}

package dev.tidegate.health;

import dev.tidegate.monitor.StartProgress;
import dev.tidegate.monitor.StoreWatch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the store answers. An instance that has started goes on without it and stays ready, unless being degraded is
 * configured to mean not ready.
 */
@Readiness
@ApplicationScoped
public class StoreCheck implements HealthCheck {
    private final StoreWatch store;
    private final StartProgress start;
    private final HealthRules rules;

    @Inject
    public StoreCheck(StoreWatch store, StartProgress start, HealthRules rules) {
        this.store = store;
        this.start = start;
        this.rules = rules;
    }

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    protected StoreCheck() {
        this.store = null;
        this.start = null;
        this.rules = null;
    }

    @Override
    public HealthCheckResponse call() {
        boolean isReachable = store.isReachable();
        boolean isUp = isReachable || (start.isStarted() && rules.isDegradedReady());
        return Answers.of("store", isUp, Map.of("store", isReachable ? "UP" : "AWAY"));
    }
}

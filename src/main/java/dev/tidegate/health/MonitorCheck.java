package dev.tidegate.health;

import dev.tidegate.monitor.Heartbeat;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Whether the monitor's timer ticks. */
@Liveness
@ApplicationScoped
public class MonitorCheck implements HealthCheck {
    private final Heartbeat timer;
    private final Duration stuckAfter;

    @Inject
    public MonitorCheck(Heartbeat timer, HealthRules rules) {
        this.timer = timer;
        this.stuckAfter = rules.stuckAfter();
    }

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    protected MonitorCheck() {
        this.timer = null;
        this.stuckAfter = null;
    }

    @Override
    public HealthCheckResponse call() {
        boolean isTicking = timer.isAlive(stuckAfter);
        return Answers.of("monitor", isTicking, Map.of(timer.name(), isTicking ? "TICKING" : "STUCK"));
    }
}

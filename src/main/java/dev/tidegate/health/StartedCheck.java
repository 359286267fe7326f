package dev.tidegate.health;

import dev.tidegate.monitor.StartProgress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Whether circuits were read and drainers started. Once it is, it stays so. Not ready before. */
@Startup
@Readiness
@ApplicationScoped
public class StartedCheck implements HealthCheck {
    private final StartProgress start;

    @Inject
    public StartedCheck(StartProgress start) {
        this.start = start;
    }

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    protected StartedCheck() {
        this.start = null;
    }

    @Override
    public HealthCheckResponse call() {
        return Answers.of(
                "started", start.isStarted(), Map.of("phase", start.phase().name()));
    }
}

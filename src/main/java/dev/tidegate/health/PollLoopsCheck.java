package dev.tidegate.health;

import dev.tidegate.drain.Drainer;
import dev.tidegate.drain.Drainers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Whether every poll loop moves. It does during any outage: a loop that does not needs a new process. */
@Liveness
@ApplicationScoped
public class PollLoopsCheck implements HealthCheck {
    private final Drainers drainers;
    private final Duration stuckAfter;

    @Inject
    public PollLoopsCheck(Drainers drainers, HealthRules rules) {
        this.drainers = drainers;
        this.stuckAfter = rules.stuckAfter();
    }

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    protected PollLoopsCheck() {
        this.drainers = null;
        this.stuckAfter = null;
    }

    @Override
    public HealthCheckResponse call() {
        Map<String, String> states = new TreeMap<>();
        boolean isAlive = true;
        for (Drainer drainer : drainers.all()) {
            boolean isMoving = drainer.isAlive(stuckAfter);
            isAlive &= isMoving;
            states.put(drainer.name(), isMoving ? "MOVING" : "STUCK");
        }
        return Answers.of("poll-loops", isAlive, states);
    }
}

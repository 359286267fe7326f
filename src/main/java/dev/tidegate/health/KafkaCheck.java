package dev.tidegate.health;

import dev.tidegate.monitor.BrokerWatch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether the broker answers: without it nothing is drained and nothing is published. */
@Readiness
@ApplicationScoped
public class KafkaCheck implements HealthCheck {
    private final BrokerWatch broker;

    @Inject
    public KafkaCheck(BrokerWatch broker) {
        this.broker = broker;
    }

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    protected KafkaCheck() {
        this.broker = null;
    }

    @Override
    public HealthCheckResponse call() {
        return Answers.of("kafka", broker.isReachable(), Map.of("broker", broker.word()));
    }
}

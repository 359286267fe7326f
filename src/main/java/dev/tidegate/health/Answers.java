package dev.tidegate.health;

import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Builds a check's answer from names and states. */
final class Answers {
    private Answers() {}

    static HealthCheckResponse of(String check, boolean isUp, Map<String, String> states) {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named(check).status(isUp);
        states.forEach(answer::withData);
        return answer.build();
    }
}

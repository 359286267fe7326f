package dev.tidegate.drain;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** A drainer's Kafka properties as those of the admin client beside it: what that does not know is left out. */
final class AdminProperties {
    private static final int API_TIMEOUT_MS = 5_000;
    private static final int REQUEST_TIMEOUT_MS = 4_000;

    private AdminProperties() {}

    static Map<String, Object> of(String drainer, Map<String, String> kafka) {
        Map<String, Object> properties = new HashMap<>();
        kafka.forEach((key, value) -> {
            boolean isPrefixed = key.startsWith("sasl.") || key.startsWith("ssl.") || key.startsWith("listener.");
            if (isPrefixed || AdminClientConfig.configNames().contains(key)) {
                properties.put(key, value);
            }
        });
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, ConsumerProperties.clientId(drainer, kafka) + "-admin");
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        // The other strategy spins through its bootstrap list as long as nobody answers.
        properties.putIfAbsent(AdminClientConfig.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        properties.remove("metric.reporters");
        properties.remove("interceptor.classes");
        return properties;
    }
}

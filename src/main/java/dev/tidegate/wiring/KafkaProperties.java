package dev.tidegate.wiring;

import java.util.Map;
import java.util.function.Predicate;

/**
 * The Kafka properties of one drainer or publisher.
 *
 * @param found what is set, by Kafka's key, secrets in clear
 * @param properties what its clients get, defaults included
 */
record KafkaProperties(Map<String, SettingValue> found, Map<String, String> properties) {
    KafkaProperties {
        found = Map.copyOf(found);
        properties = Map.copyOf(properties);
    }

    /** Refuses a value that would break what Tidegate promises. */
    void refuse(Findings findings, String kafkaKey, Predicate<String> isRefused, String problem) {
        SettingValue value = found.get(kafkaKey);
        if (value != null && isRefused.test(value.value())) {
            findings.error(value.key(), value.value(), value.source(), problem);
        }
    }

    /** A whole number; what is none is refused by Kafka's own check. */
    long number(String kafkaKey, long byDefault) {
        String text = properties.get(kafkaKey);
        return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : byDefault;
    }
}

package dev.tidegate.wiring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.SslConfigs;

/** Reads the properties that go to Kafka's clients, and lets Kafka check their values before a client exists. */
final class KafkaReader {
    static final String HIDDEN = "***";
    private static final String FOR_ALL = "tidegate.kafka.";
    private static final String BOOTSTRAP = "localhost:9092";

    private final OpenKeys openKeys;
    private final Findings findings;
    private final Set<String> allKeys = KafkaClient.allKeys();

    KafkaReader(ConfigView view, Findings findings) {
        this.openKeys = new OpenKeys(view, findings);
        this.findings = findings;
    }

    /** What holds for all clients. */
    Map<String, String> common() {
        return properties(read(List.of(FOR_ALL)), Set.of(KafkaClient.values()));
    }

    /** @param kind {@code drainer} or {@code publisher} */
    KafkaProperties of(String kind, String name, Set<KafkaClient> clients) {
        String own = "tidegate." + kind + ".";
        Map<String, SettingValue> found = read(List.of(own + name + ".kafka.", own + "defaults.kafka.", FOR_ALL));
        return new KafkaProperties(found, properties(found, clients));
    }

    /** What of the same settings other clients of the same owner get. */
    Map<String, String> alsoFor(KafkaProperties read, Set<KafkaClient> clients) {
        return properties(read.found(), clients);
    }

    private Map<String, SettingValue> read(List<String> prefixes) {
        Map<String, SettingValue> found = openKeys.read(prefixes, allKeys);
        found.values().forEach(this::keep);
        return found;
    }

    private void keep(SettingValue value) {
        String kafkaKey = kafkaKey(value);
        findings.value(KafkaClient.isSecret(kafkaKey) ? new SettingValue(value.key(), HIDDEN, value.source()) : value);
        // The one key whose empty value has a meaning of its own: no check of host names.
        if (value.value().isEmpty() && !kafkaKey.equals(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG)) {
            findings.error(value.key(), "", value.source(), "is empty; remove the key where Kafka's default is meant");
        }
        if (!allKeys.contains(kafkaKey)) {
            String nearest = Nearest.to(kafkaKey, allKeys)
                    .map(key -> "; the nearest that it knows is " + key)
                    .orElse("");
            findings.warn(value.key() + " (" + value.source() + ") is handed on, but no Kafka client knows '" + kafkaKey
                    + "'" + nearest);
        }
    }

    private Map<String, String> properties(Map<String, SettingValue> found, Set<KafkaClient> clients) {
        Map<String, String> properties = new TreeMap<>();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, BOOTSTRAP);
        found.forEach((key, value) -> {
            if (!allKeys.contains(key) || clients.stream().anyMatch(client -> client.knows(key))) {
                properties.put(key, value.value());
            }
        });
        clients.forEach(client -> check(client, properties, found));
        return Map.copyOf(properties);
    }

    private void check(KafkaClient client, Map<String, String> properties, Map<String, SettingValue> found) {
        Map<String, String> own = properties.entrySet().stream()
                .filter(property -> client.knows(property.getKey()))
                .filter(property -> !property.getValue().isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, HashMap::new));
        for (ConfigValue checked : client.definition().validate(own)) {
            SettingValue value = found.get(checked.name());
            if (value != null && !checked.errorMessages().isEmpty()) {
                boolean isSecret = KafkaClient.isSecret(checked.name());
                String why = isSecret
                        ? "Kafka refuses it"
                        : "Kafka refuses it: " + checked.errorMessages().get(0);
                findings.error(value.key(), isSecret ? HIDDEN : value.value(), value.source(), why);
            }
        }
    }

    private static String kafkaKey(SettingValue value) {
        return value.key().substring(value.key().indexOf(".kafka.") + ".kafka.".length());
    }
}

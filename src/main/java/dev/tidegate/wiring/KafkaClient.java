package dev.tidegate.wiring;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Which Kafka client's properties a key is for. An admin client stands beside every consumer. */
enum KafkaClient {
    CONSUMER(ConsumerConfig.configDef()),
    PRODUCER(ProducerConfig.configDef()),
    ADMIN(AdminClientConfig.configDef());

    @SuppressWarnings("ImmutableEnumChecker") // Kafka's own definitions, only read
    private final ConfigDef definition;

    KafkaClient(ConfigDef definition) {
        this.definition = definition;
    }

    ConfigDef definition() {
        return definition;
    }

    boolean knows(String key) {
        return definition.names().contains(key);
    }

    /** Every key that some client knows. */
    static Set<String> allKeys() {
        Set<String> keys = new TreeSet<>();
        for (KafkaClient client : values()) {
            keys.addAll(client.definition.names());
        }
        return keys;
    }

    /** Whether a key's value must never be shown. */
    static boolean isSecret(String key) {
        for (KafkaClient client : values()) {
            ConfigDef.ConfigKey known = client.definition.configKeys().get(key);
            if (known != null && known.type == ConfigDef.Type.PASSWORD) {
                return true;
            }
        }
        String lower = key.toLowerCase(Locale.ROOT);
        return lower.contains("password")
                || lower.contains("passphrase")
                || lower.contains("apikey")
                || lower.contains("api.key")
                || lower.contains("secret")
                || lower.contains("token")
                || lower.contains("credential")
                || lower.contains("jaas")
                || lower.contains("user.info")
                || lower.endsWith(".key");
    }
}

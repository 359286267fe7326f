package dev.tidegate.drain;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the consumer of a drainer is made with: the settings' Kafka properties, less what would break a promise. */
final class ConsumerProperties {
    /** Where a group begins that has committed nothing, unless the settings say otherwise. */
    static final String RESET = "earliest";

    private ConsumerProperties() {}

    /**
     * @param instance this instance's name: members of one group need identities of their own
     * @throws IllegalArgumentException if automatic commits are switched on
     */
    static Map<String, Object> of(DrainerSettings settings, String instance) {
        Map<String, String> kafka = settings.kafka();
        refuseAutoCommit(settings);
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId(settings.name(), kafka));
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, RESET);
        if (!"consumer".equalsIgnoreCase(kafka.get(ConsumerConfig.GROUP_PROTOCOL_CONFIG))) {
            properties.putIfAbsent(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        }
        String member = kafka.get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        if (member != null) {
            // One identity for two members would be fenced by the broker, in turn and for ever.
            properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, member + "-" + instance + "-" + settings.name());
        }
        return properties;
    }

    private static void refuseAutoCommit(DrainerSettings settings) {
        if (Boolean.parseBoolean(settings.kafka().get(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG))) {
            throw new IllegalArgumentException(
                    "drainer " + settings.name() + ": enable.auto.commit is true, but a drainer"
                            + " commits a record only when it is settled; leave it out or set it to false");
        }
    }

    /** A client id of the drainer's own, so that quotas and metrics tell drainers apart. */
    static String clientId(String drainer, Map<String, String> kafka) {
        String set = kafka.get(ConsumerConfig.CLIENT_ID_CONFIG);
        return (set == null ? "tidegate" : set) + "-" + drainer;
    }
}

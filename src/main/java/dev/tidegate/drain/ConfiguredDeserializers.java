package dev.tidegate.drain;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The deserialisers that a drainer's Kafka properties name, for the check that each record can be read by them. */
final class ConfiguredDeserializers {
    private ConfiguredDeserializers() {}

    /** @throws IllegalArgumentException if a class cannot be made */
    static ReadCheck of(DrainerSettings settings) {
        return new ReadCheck(
                make(settings, ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, true),
                make(settings, ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, false));
    }

    private static @Nullable Deserializer<?> make(DrainerSettings settings, String property, boolean isKey) {
        Map<String, String> kafka = settings.kafka();
        String name = kafka.get(property);
        if (name == null || name.equals(ByteArrayDeserializer.class.getName())) {
            return null;
        }
        try {
            Deserializer<?> made = Utils.newInstance(name, Deserializer.class);
            made.configure(kafka, isKey);
            return made;
        } catch (ClassNotFoundException | KafkaException e) {
            throw new IllegalArgumentException(
                    "drainer " + settings.name() + ": " + property + " is '" + name
                            + "', but that deserialiser cannot be made: " + e,
                    e);
        }
    }
}

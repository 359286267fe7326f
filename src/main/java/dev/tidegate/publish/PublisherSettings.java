package dev.tidegate.publish;

import java.time.Duration;
import java.util.Map;

/**
 * One publisher's settings, already validated.
 *
 * @param topic where records without a topic of their own go
 * @param circuit name of its circuit
 * @param maxBlock how long a send may block for metadata or buffer room
 * @param deliveryTimeout how long until a send counts as failed
 * @param kafka Kafka client properties, bootstrap servers included
 */
public record PublisherSettings(
        String name,
        String topic,
        String circuit,
        Duration maxBlock,
        Duration deliveryTimeout,
        Map<String, String> kafka) {
    public PublisherSettings {
        kafka = Map.copyOf(kafka);
    }
}

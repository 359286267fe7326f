package dev.tidegate.publish;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one drainer's dead letters are sent, already validated.
 *
 * @param isCreated whether a missing dead-letter topic is created
 * @param replication of a topic that is created, or {@code null} for the broker's default
 * @param isTruncated whether a letter that does not fit is sent without its value; otherwise it does not go at all
 * @param headers whose header names the letters carry
 * @param maxBlock how long a send may block for metadata or buffer room
 * @param deliveryTimeout how long until a send counts as failed
 * @param kafka Kafka client properties, bootstrap servers included
 */
public record DeadLetterSettings(
        String drainer,
        boolean isCreated,
        @Nullable Short replication,
        boolean isTruncated,
        HeaderStyle headers,
        Duration maxBlock,
        Duration deliveryTimeout,
        Map<String, String> kafka) {
    /** Whose header names are written. */
    public enum HeaderStyle {
        TIDEGATE,
        SPRING,
        SMALLRYE
    }

    public DeadLetterSettings {
        kafka = Map.copyOf(kafka);
    }

    /**
     * What another producer is made with that keeps the same promises.
     *
     * @throws IllegalArgumentException if a Kafka property contradicts what dead letters promise
     */
    public Map<String, Object> producerProperties() {
        return ProducerProperties.of(this);
    }
}

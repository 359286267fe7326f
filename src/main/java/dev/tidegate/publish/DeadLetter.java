package dev.tidegate.publish;

import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record that will not be handled, and why. Key, value, headers and timestamp are the source's, byte for byte.
 *
 * @param timestamp of the source record, milliseconds, −1 if it has none
 * @param causeClass short class of the cause: an exception's name or {@code rejected}
 * @param attempts how many were made
 */
@SuppressWarnings("ArrayRecordComponent") // bytes of Kafka records are handed on, never compared
public record DeadLetter(
        String deadLetterTopic,
        String sourceTopic,
        int partition,
        long offset,
        long timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Headers headers,
        String drainer,
        String group,
        String circuit,
        String causeClass,
        String causeText,
        int attempts,
        Instant at) {}

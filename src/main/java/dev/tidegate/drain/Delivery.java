package dev.tidegate.drain;

import java.time.Instant;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** One attempt to hand one Kafka record to a processor. The bytes are the record's own: do not change them. */
public interface Delivery {
    String drainer();

    String group();

    String topic();

    /** The topic's id, or {@link Uuid#ZERO_UUID} where the broker gave none. */
    Uuid topicId();

    int partition();

    long offset();

    /** Milliseconds since the epoch, −1 if the record has none. */
    long timestamp();

    byte @Nullable [] key();

    byte @Nullable [] value();

    Headers headers();

    /** 1 at the first attempt. */
    int attempt();

    /** When the answer is no longer awaited. */
    Instant deadline();

    /** Whether nobody waits for the answer any more: shutdown, revoke or timeout. */
    boolean isCancelled();
}

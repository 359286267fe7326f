package dev.tidegate.drain;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * An operator's wish that a drainer passes what blocks it: a record, which is dead-lettered, or a corrupt batch, of which
 * nothing can be kept.
 *
 * @param offset of the record that blocks, or of the corrupt batch
 * @param toOffset where to go on behind a corrupt batch; {@code null} for a record
 * @param actor who wishes it
 * @param reason why, never blank
 */
public record Skip(
        String topic, int partition, long offset, @Nullable Long toOffset, String actor, String reason) {
    public Skip {
        if (partition < 0 || offset < 0) {
            throw new IllegalArgumentException(
                    "a skip names a partition and an offset from 0, not " + partition + " and " + offset);
        }
        if (toOffset != null && toOffset <= offset) {
            throw new IllegalArgumentException(
                    "toOffset is where to go on, so above offset " + offset + ", not " + toOffset);
        }
        if (actor.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException(
                    "a skip needs an actor and a reason, for it is kept with the dead letter");
        }
    }

    TopicPartition where() {
        return new TopicPartition(topic, partition);
    }
}

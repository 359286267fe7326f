package dev.tidegate.drain;

import dev.tidegate.drain.DrainerSettings.Ordering;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What records of one lane have in common: they are handed over one after another, in the order of their arrival. */
sealed interface LaneKey {
    /** The lane of that record, or {@code null} for one of its own. */
    static @Nullable LaneKey of(ConsumerRecord<byte[], byte[]> record, Ordering ordering) {
        return switch (ordering) {
            case KEY -> record.key() == null ? null : new OfKey(record.topic(), record.key());
            case PARTITION -> new OfPartition(new TopicPartition(record.topic(), record.partition()));
            case UNORDERED -> null;
        };
    }

    record OfPartition(TopicPartition partition) implements LaneKey {}

    /** Equal by topic and bytes, whatever the partition: a topic may have been given more of them. */
    final class OfKey implements LaneKey {
        private final String topic;
        private final byte[] key;
        private final int hash;

        OfKey(String topic, byte[] key) {
            this.topic = topic;
            this.key = key;
            this.hash = 31 * topic.hashCode() + Arrays.hashCode(key);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OfKey that && topic.equals(that.topic) && Arrays.equals(key, that.key);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}

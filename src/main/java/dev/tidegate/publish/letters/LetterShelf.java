package dev.tidegate.publish.letters;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The dead-letter topics, read within bounds of time, records and bytes. Every method blocks. Thread-safe. */
public interface LetterShelf {
    /**
     * The newest records below some offsets.
     *
     * @param records in no order
     * @param lowest of each partition, the offset below which more lies; a partition that is read to its beginning is absent
     */
    record Window(List<ConsumerRecord<byte[], byte[]>> records, Map<Integer, Long> lowest) {
        public Window {
            records = List.copyOf(records);
            lowest = Map.copyOf(lowest);
        }
    }

    /**
     * Reads the newest records.
     *
     * @param below of each partition that is to be read, where to begin; empty for all partitions from their ends
     * @param atMost records of each partition
     * @throws LettersAwayException if the broker does not answer in time or the topic is missing
     */
    Window newest(String topic, Map<Integer, Long> below, int atMost) throws LettersAwayException;

    /**
     * The record at that place, or nothing if there is none any more.
     *
     * @throws LettersAwayException if the broker does not answer in time
     */
    Optional<ConsumerRecord<byte[], byte[]>> at(LetterRef ref) throws LettersAwayException;
}

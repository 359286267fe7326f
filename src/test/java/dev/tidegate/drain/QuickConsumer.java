package dev.tidegate.drain;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** A consumer without a broker whose polls wait a moment, as real ones do, and that remembers every commit. */
class QuickConsumer extends MockConsumer<byte[], byte[]> {
    final List<Map<TopicPartition, OffsetAndMetadata>> commits = new CopyOnWriteArrayList<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    QuickConsumer() {
        super("earliest");
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the moment is waited outside, so that others get in
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> polled = super.poll(timeout);
        if (polled.isEmpty() && !timeout.isZero()) {
            LockSupport.parkNanos(1_000_000);
        }
        return polled;
    }

    @Override
    public synchronized void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable OffsetCommitCallback callback) {
        committing(offsets);
        commits.add(Map.copyOf(offsets));
        super.commitAsync(offsets, callback);
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        committing(offsets);
        commits.add(Map.copyOf(offsets));
        super.commitSync(offsets, timeout);
    }

    /** Called before each commit. */
    void committing(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    /** In the next poll the group gives these partitions and takes the others. */
    void assign(TopicPartition... partitions) {
        schedulePollTask(() -> {
            Map<TopicPartition, Long> begins = new HashMap<>();
            Arrays.stream(partitions).forEach(partition -> begins.put(partition, 0L));
            updateBeginningOffsets(begins);
            rebalance(List.of(partitions));
        });
    }

    /** In the next poll the group finds that this member was away too long. */
    void lose(Collection<TopicPartition> partitions) {
        schedulePollTask(() -> losePartitions(new ArrayList<>(partitions)));
    }

    /** Appends a record in the next poll. */
    void append(TopicPartition partition, @Nullable String key, @Nullable String value) {
        long offset;
        synchronized (ends) {
            offset = ends.merge(partition, 1L, Long::sum) - 1;
        }
        schedulePollTask(() -> addRecord(record(partition, offset, key, value)));
    }

    static ConsumerRecord<byte[], byte[]> record(
            TopicPartition partition, long offset, @Nullable String key, @Nullable String value) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                1_000L + offset,
                TimestampType.CREATE_TIME,
                key == null ? -1 : key.length(),
                value == null ? -1 : value.length(),
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : value.getBytes(StandardCharsets.UTF_8),
                new RecordHeaders(),
                Optional.empty());
    }

    /** The latest commit of that partition, −1 for none. */
    long committedOf(TopicPartition partition) {
        long latest = -1;
        for (Map<TopicPartition, OffsetAndMetadata> commit : commits) {
            OffsetAndMetadata of = commit.get(partition);
            latest = of == null ? latest : of.offset();
        }
        return latest;
    }
}

package dev.tidegate.drain;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A Kafka record between its poll and its settlement. Guarded by the drainer's turn. */
final class BufferedRecord {
    /** Where it is on its path. */
    enum Phase {
        BUFFERED,
        PROCESSING,
        PUBLISHING,
        /** Its result waits for the output. */
        HELD,
        DEAD_LETTERING,
        /** It waits for the dead-letter topic. */
        UNDELIVERED,
        SETTLED
    }

    final ConsumerRecord<byte[], byte[]> record;
    final OwnedPartition owner;
    final OffsetLedger.Entry entry;
    final Lane lane;
    long bytes;
    final BlameCount blame = new BlameCount();
    Phase phase = Phase.BUFFERED;
    int attempts;
    boolean isBusy;
    byte @Nullable [] result;

    @Nullable
    Rejection rejection;

    /** An operator wished to skip it while it was worked on. */
    @Nullable
    Rejection skip;

    @Nullable
    Instant troubledSince;

    @Nullable
    String lastError;

    BufferedRecord(ConsumerRecord<byte[], byte[]> record, OwnedPartition owner, OffsetLedger.Entry entry, Lane lane) {
        this.record = record;
        this.owner = owner;
        this.entry = entry;
        this.lane = lane;
        this.bytes = bytesOf(record);
    }

    static long bytesOf(ConsumerRecord<byte[], byte[]> record) {
        long bytes = 64L + lengthOf(record.key()) + lengthOf(record.value());
        for (Header header : record.headers()) {
            bytes += 32L + header.key().length() + lengthOf(header.value());
        }
        return bytes;
    }

    private static int lengthOf(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** Whether it waits for its first or next attempt. */
    boolean isWaiting() {
        return phase == Phase.BUFFERED;
    }

    @Override
    public String toString() {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}

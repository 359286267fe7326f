package dev.tidegate.drain;

import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * One ownership of one partition, from its assignment to its revocation; what is regained is a new one, so nothing of an
 * earlier ownership can be mistaken for it. Guarded by the drainer's turn.
 */
final class OwnedPartition {
    final TopicPartition partition;
    final ArrayDeque<Lane> ready = new ArrayDeque<>();
    private final Set<PauseCause> causes = EnumSet.noneOf(PauseCause.class);
    private final BufferMarks marks;
    private final long maxUncommitted;
    private OffsetLedger ledger = new OffsetLedger(null);
    private @Nullable Uuid topicId;
    private boolean admitted;
    private boolean closing;
    private boolean dropped;
    private boolean full;
    private final Set<BufferedRecord> records = new LinkedHashSet<>();
    private long heldBytes;
    private int active;
    private long corruptOffset = -1;
    private long behind = -1;
    private boolean wentBack;

    OwnedPartition(TopicPartition partition, BufferMarks marks, long maxUncommitted) {
        this.partition = partition;
        this.marks = marks;
        this.maxUncommitted = maxUncommitted;
    }

    /** Where it begins is known: from now on it may be fetched. */
    void admit(Uuid id, @Nullable Long committed) {
        topicId = id;
        ledger = new OffsetLedger(committed);
        admitted = true;
    }

    boolean isAdmitted() {
        return admitted;
    }

    Uuid topicId() {
        return topicId == null ? Uuid.ZERO_UUID : topicId;
    }

    OffsetLedger ledger() {
        return ledger;
    }

    /** From now on nothing more of it is handed over. */
    void close() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    void drop() {
        closing = true;
        dropped = true;
    }

    /** Whether it belongs to somebody else by now: outcomes of its records settle nothing. */
    boolean isDropped() {
        return dropped;
    }

    /** Its batch at that offset cannot be read. */
    void corruptAt(long offset) {
        corruptOffset = offset;
    }

    /** The offset of the batch that could not be read, −1 for none. */
    long corruptOffset() {
        return corruptOffset;
    }

    /** An operator wishes it to go on there, behind its corrupt batch. */
    void goBehind(long offset) {
        behind = offset;
    }

    /** Where an operator wishes it to go on, −1 for nowhere. */
    long behind() {
        return behind;
    }

    /** The consumer went back to an earlier offset by itself: what is committed lies beyond and means nothing. */
    void wentBack() {
        wentBack = true;
    }

    boolean hasGoneBack() {
        return wentBack;
    }

    Set<PauseCause> causes() {
        return causes;
    }

    void took(BufferedRecord record) {
        records.add(record);
        heldBytes += record.bytes;
        measure();
    }

    /** It holds so many bytes more; {@link #measure} is for the caller. */
    void grew(BufferedRecord record, int bytes) {
        record.bytes += bytes;
        heldBytes += bytes;
    }

    void settled(BufferedRecord record) {
        ledger.settle(record.entry);
        records.remove(record);
        heldBytes -= record.bytes;
        measure();
    }

    /** Sets or lifts BACKPRESSURE by what is in memory and by what would be handled again after a crash. */
    void measure() {
        full = marks.isFull(full, records.size(), heldBytes);
        if (full || ledger.uncommitted() >= maxUncommitted) {
            causes.add(PauseCause.BACKPRESSURE);
        } else {
            causes.remove(PauseCause.BACKPRESSURE);
        }
    }

    /** Whether only the lowest unsettled record may still be handed over. */
    boolean isSpanFull() {
        return ledger.uncommitted() + active >= maxUncommitted;
    }

    /** What is not settled yet, in order. */
    Set<BufferedRecord> records() {
        return records;
    }

    void activeBegan() {
        active++;
    }

    void activeEnded() {
        active--;
    }

    int active() {
        return active;
    }
}

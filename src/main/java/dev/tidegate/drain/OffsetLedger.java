package dev.tidegate.drain;

import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which records of one ownership of one partition are settled, and what may therefore be committed. Offsets may have gaps
 * (compaction, transactions). Guarded by the drainer's turn.
 */
final class OffsetLedger {
    /** One accepted record. */
    static final class Entry {
        private final long offset;
        private final @Nullable Integer leaderEpoch;
        private boolean settled;

        private Entry(long offset, @Nullable Integer leaderEpoch) {
            this.offset = offset;
            this.leaderEpoch = leaderEpoch;
        }
    }

    /**
     * An offset that may be committed.
     *
     * @param settled how many records of this ownership lie below it
     */
    record CommitPoint(long offset, @Nullable Integer leaderEpoch, long settled) {}

    private static final long UNKNOWN = -1;

    private final ArrayDeque<Entry> open = new ArrayDeque<>();
    private @Nullable Long committed;
    private long base;
    private long next;
    private long contiguous;
    private @Nullable Integer contiguousEpoch;
    private long settledBelow;
    private long settledInAll;
    private long settledAcknowledged;

    /** Begins at what the broker has as committed, or with the first record where it has nothing. */
    OffsetLedger(@Nullable Long committed) {
        this.committed = committed;
        this.base = committed == null ? UNKNOWN : committed;
        this.next = base;
        this.contiguous = base;
    }

    /** Whether that offset lies below what was already accepted: the partition was cut or made anew. */
    boolean isBehind(long offset) {
        return offset < next;
    }

    Entry accept(long offset, @Nullable Integer leaderEpoch) {
        if (isBehind(offset)) {
            throw new IllegalStateException("a bug: offset " + offset + " after position " + next);
        }
        begin(offset);
        next = offset + 1;
        Entry entry = new Entry(offset, leaderEpoch);
        open.add(entry);
        return entry;
    }

    /** The position moved on without a record: transaction markers, compacted tails. */
    void advanceTo(long position) {
        begin(position);
        next = Math.max(next, position);
        settleContiguous();
    }

    private void begin(long offset) {
        if (base == UNKNOWN) {
            base = offset;
            next = offset;
            contiguous = offset;
        }
    }

    void settle(Entry entry) {
        if (entry.settled) {
            throw new IllegalStateException("a bug: offset " + entry.offset + " is settled twice");
        }
        entry.settled = true;
        settledInAll++;
        settleContiguous();
    }

    private void settleContiguous() {
        for (Entry lowest = open.peek(); lowest != null && lowest.settled; lowest = open.peek()) {
            open.remove();
            settledBelow++;
            contiguous = lowest.offset + 1;
            contiguousEpoch = lowest.leaderEpoch;
        }
        if (open.isEmpty()) {
            contiguous = next;
        }
    }

    /** Whether nothing unsettled lies below it. */
    boolean isLowest(Entry entry) {
        return open.peek() == entry;
    }

    /** How many settled records would be handled again if the instance died now. */
    long uncommitted() {
        return settledInAll - settledAcknowledged;
    }

    /** What is worth committing: above everything that the broker acknowledged. */
    Optional<CommitPoint> due() {
        return contiguous > base
                ? Optional.of(new CommitPoint(contiguous, contiguousEpoch, settledBelow))
                : Optional.empty();
    }

    /** The broker acknowledged that commit; one that was overtaken by a later commit changes nothing. */
    void acknowledge(CommitPoint point) {
        if (point.offset() <= base) {
            return;
        }
        base = point.offset();
        committed = base;
        settledAcknowledged = point.settled();
    }

    /** What the broker acknowledged, or {@code null} for nothing yet. */
    @Nullable
    Long committed() {
        return committed;
    }

    /** The offset after the last record accepted, or {@code null} before the first. */
    @Nullable
    Long position() {
        return next == UNKNOWN ? null : next;
    }
}

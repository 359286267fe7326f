package dev.tidegate.drain;

import dev.tidegate.core.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What one run of a drainer knows of its records. Guarded by the turn. */
final class DrainState {
    // Replaced while it runs, in what may change then.
    volatile DrainerSettings settings;
    final Turn turn;
    final Ticker ticker;
    final InstantSource clock;
    final Tallies tallies;
    final CauseBoard board = new CauseBoard();
    final Lanes lanes;
    final Alarm alarm;
    private final Map<TopicPartition, OwnedPartition> owned = new LinkedHashMap<>();
    private final ArrayDeque<OwnedPartition> rotation = new ArrayDeque<>();
    private final Set<BufferedRecord> troubled = new LinkedHashSet<>();
    private final Set<Attempt> running = new LinkedHashSet<>();
    private @Nullable Lane lastFailed;
    private int slots;
    private int strandedThreads;
    private long ownershipVersion;
    private int settledSinceCommit;
    private long done;
    private boolean stopping;

    DrainState(DrainerSettings settings, Turn turn, Ticker ticker, InstantSource clock, Tallies tallies, Alarm alarm) {
        this.settings = settings;
        this.turn = turn;
        this.ticker = ticker;
        this.clock = clock;
        this.tallies = tallies;
        this.alarm = alarm;
        this.lanes = new Lanes(settings.ordering());
    }

    // --- partitions -----------------------------------------------------------------------------------------------

    Collection<OwnedPartition> owned() {
        return owned.values();
    }

    @Nullable
    OwnedPartition find(TopicPartition partition) {
        return owned.get(partition);
    }

    private void own(OwnedPartition owner) {
        owned.put(owner.partition, owner);
        rotation.add(owner);
        ownershipChanged();
    }

    /** Forgets that ownership: what is on its way settles nothing any more and is told so. */
    void drop(OwnedPartition owner) {
        owned.remove(owner.partition);
        rotation.remove(owner);
        owner.drop();
        troubled.removeAll(owner.records());
        lanes.drop(owner, owner.records());
        for (Attempt attempt : running) {
            if (attempt.buffered.owner == owner) {
                turn.later(attempt::cancel);
            }
        }
        ownershipChanged();
    }

    /** Partitions came, went, or were admitted. */
    void ownershipChanged() {
        ownershipVersion++;
        board.touch();
    }

    /** Grows with each change of what is owned and admitted. */
    long ownershipVersion() {
        return ownershipVersion;
    }

    /** An ownership that has nothing of the former one. */
    OwnedPartition fresh(TopicPartition partition) {
        BufferMarks marks = new BufferMarks(settings.bufferRecords(), settings.bufferBytes());
        OwnedPartition owner = new OwnedPartition(partition, marks, settings.maxUncommitted());
        own(owner);
        return owner;
    }

    // --- what is handed over --------------------------------------------------------------------------------------

    /** From now on nothing is handed over. */
    void stopHandingOver() {
        stopping = true;
        board.touch();
    }

    boolean isStopping() {
        return stopping;
    }

    /**
     * Threads that overran their time take room away: a processor that hangs must not use up the machine. One record at a
     * time still goes on until one thread more than the concurrency hangs.
     */
    boolean hasRoom() {
        int left = Math.max(1, settings.concurrency() - strandedThreads);
        return slots < left && strandedThreads <= settings.concurrency();
    }

    int slots() {
        return slots;
    }

    /** Whether a record that may be handed over is in memory. */
    boolean hasRecordInHand() {
        for (OwnedPartition owner : owned.values()) {
            if (board.givesProbes(owner) && owner.records().stream().anyMatch(BufferedRecord::isWaiting)) {
                return true;
            }
        }
        return false;
    }

    /** The next record of the partitions in turn that suits, or {@code null}. */
    @Nullable
    BufferedRecord nextReady(Predicate<BufferedRecord> suits) {
        for (int i = rotation.size(); i > 0; i--) {
            OwnedPartition owner = rotation.remove();
            rotation.add(owner);
            BufferedRecord found = board.isOpen(owner) ? Lanes.firstReady(owner, suits) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    boolean isInSpan(BufferedRecord record) {
        return !record.owner.isSpanFull() || record.owner.ledger().isLowest(record.entry);
    }

    void occupy(BufferedRecord record, BufferedRecord.Phase phase) {
        record.phase = phase;
        record.owner.activeBegan();
        slots++;
    }

    /** Nobody works on it any more; where it was on its way, its slot is free. */
    void vacate(BufferedRecord record, BufferedRecord.Phase next) {
        record.phase = next;
        record.owner.activeEnded();
        slots--;
    }

    /** Something stood in the record's way. */
    void troubled(BufferedRecord record, String error) {
        record.lastError = error;
        if (record.troubledSince == null) {
            record.troubledSince = clock.instant();
            troubled.add(record);
        }
    }

    /** The record that has held its lane up longest, or {@code null}; one failure alone is no trouble yet. */
    @Nullable
    BufferedRecord longestTroubled() {
        for (BufferedRecord record : troubled) {
            if (record.attempts > 1 || record.phase == BufferedRecord.Phase.UNDELIVERED) {
                return record;
            }
        }
        return null;
    }

    /** Its result is kept until it was sent, and counts like the record itself. */
    void keep(BufferedRecord record, byte[] result) {
        record.result = result;
        record.owner.grew(record, result.length);
        remeasure(record.owner);
    }

    /** Nobody works on it for now, but its slot stays taken. */
    void hold(BufferedRecord record) {
        record.phase = BufferedRecord.Phase.HELD;
        record.owner.activeEnded();
    }

    /** Somebody works again on a record that was held. */
    void resume(BufferedRecord record, BufferedRecord.Phase phase) {
        record.phase = phase;
        record.owner.activeBegan();
    }

    /** The record is through. */
    void settle(BufferedRecord record) {
        record.phase = BufferedRecord.Phase.SETTLED;
        troubled.remove(record);
        if (!record.owner.isDropped()) {
            boolean was = record.owner.causes().contains(PauseCause.BACKPRESSURE);
            record.owner.settled(record);
            touchIf(was != record.owner.causes().contains(PauseCause.BACKPRESSURE));
        }
        settledSinceCommit++;
        lanes.pass(record.lane);
    }

    /** How many records were settled since this was last asked. */
    int takeSettled() {
        int settled = settledSinceCommit;
        settledSinceCommit = 0;
        return settled;
    }

    int settledSinceCommit() {
        return settledSinceCommit;
    }

    /** The record is tried again after that delay, unless it is somebody else's by now. */
    void retry(BufferedRecord record, Duration delay) {
        if (record.owner.isDropped()) {
            lanes.pass(record.lane);
            return;
        }
        lanes.wait(record.lane, ticker.nanos() + delay.toNanos());
    }

    /** Less may be uncommitted than before. */
    void remeasure(OwnedPartition owner) {
        boolean was = owner.causes().contains(PauseCause.BACKPRESSURE);
        owner.measure();
        touchIf(was != owner.causes().contains(PauseCause.BACKPRESSURE));
    }

    void touchIf(boolean changed) {
        if (changed) {
            board.touch();
        }
    }

    // --- attempts -------------------------------------------------------------------------------------------------

    void began(Attempt attempt) {
        running.add(attempt);
    }

    void ended(Attempt attempt) {
        running.remove(attempt);
    }

    Collection<Attempt> running() {
        return running;
    }

    void stranded(int more) {
        strandedThreads += more;
    }

    /** Where the latest failure was: a probe is better taken from elsewhere. */
    @Nullable
    Lane lastFailed() {
        return lastFailed;
    }

    void failedIn(Lane lane) {
        lastFailed = lane;
    }

    void succeeded() {
        done++;
    }

    /** How often the processor succeeded in this run. */
    long successes() {
        return done;
    }
}

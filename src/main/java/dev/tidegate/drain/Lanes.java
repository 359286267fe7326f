package dev.tidegate.drain;

import dev.tidegate.drain.DrainerSettings.Ordering;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** All lanes of one drainer. Guarded by the drainer's turn. */
final class Lanes {
    private final Ordering ordering;
    private final Map<LaneKey, Lane> keyed = new HashMap<>();
    private final PriorityQueue<Lane> waiting =
            new PriorityQueue<>((a, b) -> Long.compare(a.wakeAtNanos - b.wakeAtNanos, 0));

    Lanes(Ordering ordering) {
        this.ordering = ordering;
    }

    BufferedRecord add(ConsumerRecord<byte[], byte[]> polled, OwnedPartition owner, OffsetLedger.Entry entry) {
        LaneKey key = LaneKey.of(polled, ordering);
        Lane lane = key == null ? new Lane(null) : keyed.computeIfAbsent(key, Lane::new);
        BufferedRecord record = new BufferedRecord(polled, owner, entry, lane);
        lane.records.add(record);
        if (lane.state == Lane.State.EMPTY) {
            makeReady(lane);
        }
        return record;
    }

    private static void makeReady(Lane lane) {
        BufferedRecord head = lane.head();
        if (head != null) {
            lane.state = Lane.State.READY;
            head.owner.ready.add(lane);
        }
    }

    /** The first record that may be handed over in that partition, or {@code null}. */
    static @Nullable BufferedRecord firstReady(OwnedPartition owner, Predicate<BufferedRecord> suits) {
        for (Lane lane : owner.ready) {
            BufferedRecord head = lane.head();
            if (head != null && suits.test(head)) {
                return head;
            }
        }
        return null;
    }

    /** The waiting record that is due first among those that suit, or {@code null}: a probe need not wait for its backoff. */
    @Nullable
    BufferedRecord firstWaiting(Predicate<BufferedRecord> suits) {
        BufferedRecord first = null;
        for (Lane lane : waiting) {
            BufferedRecord head = lane.head();
            boolean isSooner = first == null || lane.wakeAtNanos - first.lane.wakeAtNanos < 0;
            if (head != null && isSooner && suits.test(head)) {
                first = head;
            }
        }
        return first;
    }

    /** Its head goes on its way. */
    void leave(Lane lane) {
        BufferedRecord head = lane.head();
        if (head == null) {
            throw new IllegalStateException("a bug: an empty lane has nothing to hand over");
        }
        if (lane.state == Lane.State.WAITING) {
            waiting.remove(lane);
        } else {
            head.owner.ready.remove(lane);
        }
        lane.state = Lane.State.BUSY;
    }

    /** Its head was on its way and was not begun: it is the first to go again. */
    void back(Lane lane) {
        lane.state = Lane.State.READY;
        BufferedRecord head = lane.head();
        if (head != null) {
            head.owner.ready.addFirst(lane);
        }
    }

    /** Its head failed and is tried again at that reading of the ticker. */
    void wait(Lane lane, long wakeAtNanos) {
        lane.wakeAtNanos = wakeAtNanos;
        lane.state = Lane.State.WAITING;
        waiting.add(lane);
    }

    /** Its head is through: the next one's turn. */
    void pass(Lane lane) {
        lane.records.poll();
        settle(lane);
    }

    private void settle(Lane lane) {
        lane.state = Lane.State.EMPTY;
        makeReady(lane);
        if (lane.state == Lane.State.EMPTY && lane.key != null) {
            keyed.remove(lane.key);
        }
    }

    void wakeDue(long nowNanos) {
        for (Lane lane = waiting.peek(); lane != null && lane.wakeAtNanos - nowNanos <= 0; lane = waiting.peek()) {
            waiting.remove();
            makeReady(lane);
        }
    }

    /** The downstream works again: nobody need wait any longer. */
    void wakeAll() {
        List<Lane> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(Lanes::makeReady);
    }

    /** The reading of the ticker at which the next lane wakes, or {@code null}. */
    @Nullable
    Long nextWakeNanos() {
        Lane next = waiting.peek();
        return next == null ? null : next.wakeAtNanos;
    }

    /** Forgets the records of a lost ownership; one that is on its way keeps its lane until it ends. */
    void drop(OwnedPartition owner, Iterable<BufferedRecord> ofOwner) {
        owner.ready.clear();
        Set<Lane> touched = new HashSet<>();
        for (BufferedRecord record : ofOwner) {
            Lane lane = record.lane;
            boolean isHead = lane.head() == record;
            if (isHead && lane.state == Lane.State.BUSY) {
                continue;
            }
            lane.records.remove(record);
            if (isHead) {
                touched.add(lane);
            }
        }
        for (Lane lane : touched) {
            waiting.remove(lane);
            settle(lane);
        }
    }
}

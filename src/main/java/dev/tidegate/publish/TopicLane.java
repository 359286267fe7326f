package dev.tidegate.publish;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * What waits until the producer knows one topic, in the order it came. One look at the topic answers all who wait, so that
 * they do not wait behind each other, and while it is known nobody waits at all. Safe for use by many threads.
 */
final class TopicLane {
    /** Where an entry goes. */
    enum Way {
        /** The topic is known: hand it over yourself. */
        STRAIGHT,
        /** It waits, and the caller must see to it that somebody looks. */
        FIRST,
        /** It waits for the look under way. */
        BEHIND,
        /** Too many wait. */
        FULL
    }

    /** Something that waits for a look at the topic. */
    interface Entry {
        /** The topic is known. Returns the error if the producer is stuck, which then holds for all who come after. */
        @Nullable
        Exception go(Producer<byte[], byte[]> producer);

        void fail(Exception error);
    }

    static final int MOST_WAITING = 10_000;
    // The client forgets a topic after five idle minutes, and would then block the caller to ask anew.
    private static final long WARM_NANOS = 120_000_000_000L;

    private final Queue<Entry> waiting = new ArrayDeque<>();
    private final String topic;
    private boolean isLooking;
    private @Nullable Producer<byte[], byte[]> warm;
    private int partitions;
    private long usedAt;

    TopicLane(String topic) {
        this.topic = topic;
    }

    String topic() {
        return topic;
    }

    synchronized int partitions() {
        return partitions;
    }

    synchronized Way enter(Entry entry, @Nullable Integer partition, @Nullable Producer<byte[], byte[]> in, long now) {
        boolean isKnown = warm != null && warm == in && now - usedAt < WARM_NANOS;
        if (!isLooking && isKnown && (partition == null || partition < partitions)) {
            usedAt = now;
            return Way.STRAIGHT;
        }
        return await(entry);
    }

    synchronized Way await(Entry entry) {
        if (waiting.size() >= MOST_WAITING) {
            return Way.FULL;
        }
        waiting.add(entry);
        if (isLooking) {
            return Way.BEHIND;
        }
        isLooking = true;
        return Way.FIRST;
    }

    /** The next who waits; when there is none, the look is over and the topic known. */
    synchronized @Nullable Entry next(Producer<byte[], byte[]> producer, int count, long now) {
        partitions = count;
        Entry next = waiting.poll();
        if (next == null) {
            isLooking = false;
            warm = producer;
            usedAt = now;
        }
        return next;
    }

    /** Ends the look without an answer; those returned are to be told. */
    synchronized List<Entry> giveUp() {
        List<Entry> all = List.copyOf(waiting);
        waiting.clear();
        isLooking = false;
        warm = null;
        return all;
    }

    /** The next entry must look again. */
    synchronized void chill() {
        warm = null;
    }

    synchronized boolean isIdle() {
        return !isLooking;
    }
}

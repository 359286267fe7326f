package dev.tidegate.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operator's wish that a drainer passes what blocks it, and what became of it.
 *
 * @param id of this wish alone
 * @param toOffset where to go on behind a corrupt batch; {@code null} for a record
 * @param outcome what the owner of the partition told last, for people; empty before
 * @param instance who told that, or {@code null} before
 * @param at when it was stored, in the store's time
 * @param expiresAt when it ends if nobody has ended it, in the store's time
 */
public record SkipWish(
        String id,
        String drainer,
        String topic,
        int partition,
        long offset,
        @Nullable Long toOffset,
        String actor,
        String reason,
        State state,
        String outcome,
        @Nullable String instance,
        Instant at,
        Instant expiresAt) {
    /** How far it is. */
    public enum State {
        /** Nobody could say yet whether it blocks. */
        ASKED,
        /** The owner carries it out. */
        ACCEPTED,
        /** The partition is past it. */
        DONE,
        /** It does not block, so nothing was skipped. */
        NOT_BLOCKING,
        /** Nobody carried it out in time: no instance owned the partition, or it was never tried. */
        EXPIRED;

        /** Whether somebody still has to do something. */
        public boolean isOpen() {
            return this == ASKED || this == ACCEPTED;
        }
    }

    /** A wish that nothing is known of yet. */
    public static SkipWish asked(
            String id,
            String drainer,
            String topic,
            int partition,
            long offset,
            @Nullable Long toOffset,
            String actor,
            String reason) {
        return new SkipWish(
                id,
                drainer,
                topic,
                partition,
                offset,
                toOffset,
                actor,
                reason,
                State.ASKED,
                "",
                null,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    /** As somebody tells of it. */
    public SkipWish told(State now, String words, @Nullable String by) {
        return new SkipWish(
                id, drainer, topic, partition, offset, toOffset, actor, reason, now, words, by, at, expiresAt);
    }

    /** As it was stored. */
    SkipWish stored(Instant now, Instant end) {
        return new SkipWish(
                id,
                drainer,
                topic,
                partition,
                offset,
                toOffset,
                Storable.text(actor),
                Storable.text(reason),
                State.ASKED,
                "",
                null,
                now,
                end);
    }

    /** The place that it is about, for people: at a time one wish for each is open. */
    public String place() {
        return drainer + ":" + topic + ":" + partition + ":" + offset;
    }
}

package dev.tidegate.store;

import java.time.Instant;

/**
 * What was done with one dead letter.
 *
 * @param letter the id that its header has; the same for every copy
 * @param at when it was stored, in the store's time
 */
public record LetterMark(String letter, Kind kind, String actor, String reason, Instant at) {
    /** What was done. */
    public enum Kind {
        /** A replay began; it stays so only if nobody knows how it ended. */
        REPLAYING,
        REPLAYED,
        DISCARDED
    }

    /** The same letter, somewhat further. */
    public LetterMark as(Kind other) {
        return new LetterMark(letter, other, actor, reason, at);
    }
}

package dev.tidegate.publish.letters;

/** What became of one letter; the text is for people. */
public record LetterAnswer(LetterRef ref, Kind kind, String text) {
    /** What became of it. */
    public enum Kind {
        REPLAYED,
        /** Of a dry run: it would be. */
        WOULD_BE_REPLAYED,
        DISCARDED,
        /** It was replayed or discarded before, or a replay of it began and nobody knows how that ended. */
        DONE_BEFORE,
        /** No such letter, or one that cannot be replayed: nothing was changed. */
        IMPOSSIBLE,
        /** Nothing was changed, or the text says what is not known. */
        FAILED
    }
}

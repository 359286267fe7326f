package dev.tidegate.drain;

/** What became of an operator's skip on this instance; the text is for people. */
public sealed interface SkipAnswer {
    String text();

    /** It is carried out: the record goes to the dead-letter topic, or the partition goes on behind the corrupt batch. */
    record Accepted(String text) implements SkipAnswer {}

    /** This instance does not own the partition: whoever does must be asked. */
    record Elsewhere(String text) implements SkipAnswer {}

    /** It cannot be said yet: that offset was not tried on this instance, or is being skipped already. Ask again. */
    record Undecided(String text) implements SkipAnswer {}

    /** That offset does not block, nor will it before it is asked again; nothing is skipped that does not. */
    record NotBlocking(String text) implements SkipAnswer {}
}

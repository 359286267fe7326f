package dev.tidegate.drain;

/** What became of an operator's skip on this instance; the text is for people. */
public sealed interface SkipAnswer {
    String text();

    /** It is carried out: the record goes to the dead-letter topic, or the partition goes on behind the corrupt batch. */
    record Accepted(String text) implements SkipAnswer {}

    /** This instance does not own the partition: whoever does must be asked. */
    record Elsewhere(String text) implements SkipAnswer {}

    /** That offset does not block; nothing is skipped that does not. */
    record NotBlocking(String text) implements SkipAnswer {}
}

package dev.tidegate.publish;

/** What a look at one dead-letter topic found. */
public sealed interface DeadLetterTopicCheck {
    /** It exists, or was made just now. */
    record Ready(boolean isNew) implements DeadLetterTopicCheck {}

    /** It does not exist and was not made; the reason says why and what to do. */
    record Absent(String reason) implements DeadLetterTopicCheck {}

    /** The broker did not tell: worth asking again. */
    record Unknown(Exception error) implements DeadLetterTopicCheck {}
}

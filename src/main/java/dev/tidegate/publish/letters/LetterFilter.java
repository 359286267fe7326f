package dev.tidegate.publish.letters;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which letters are meant; what is {@code null} does not restrict.
 *
 * @param cause text that the cause's class or its text contains, in that case
 * @param from the earliest time at which a letter was sent, inclusive
 * @param to the latest, exclusive
 */
public record LetterFilter(
        @Nullable String drainer,
        @Nullable String sourceTopic,
        @Nullable String cause,
        @Nullable Instant from,
        @Nullable Instant to) {
    public static final LetterFilter ALL = new LetterFilter(null, null, null, null, null);

    boolean suits(Letter letter) {
        return (drainer == null || drainer.equals(letter.drainer()))
                && (sourceTopic == null || sourceTopic.equals(letter.sourceTopic()))
                && (cause == null
                        || letter.causeClass().contains(cause)
                        || letter.causeText().contains(cause))
                && (from == null || !letter.at().isBefore(from))
                && (to == null || letter.at().isBefore(to));
    }
}

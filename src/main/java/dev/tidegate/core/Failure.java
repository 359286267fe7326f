package dev.tidegate.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a failed call.
 *
 * @param text for people: at most 500 characters are kept
 * @param retryAfter how long the dependency asked to be left alone; lengthens the break, within its maximum
 */
public record Failure(String text, @Nullable Duration retryAfter) {
    private static final int MOST_CHARACTERS = 500;

    public Failure {
        if (text.length() > MOST_CHARACTERS) {
            text = text.substring(0, MOST_CHARACTERS - 1) + "…";
        }
    }

    public Failure(String text) {
        this(text, null);
    }

    /** The failure that an exception tells of. */
    public static Failure of(Throwable error) {
        String message = error.getMessage();
        String type = error.getClass().getSimpleName();
        return new Failure(message == null || message.isBlank() ? type : type + ": " + message);
    }
}

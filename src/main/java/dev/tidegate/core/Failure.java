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
    private static final int DEEPEST_CAUSE = 20;

    public Failure {
        if (text.length() > MOST_CHARACTERS) {
            text = text.substring(0, MOST_CHARACTERS - 1) + "…";
        }
    }

    public Failure(String text) {
        this(text, null);
    }

    /** The failure that an exception tells of; how long to wait is asked of the first {@link RetryLater} in its causes. */
    public static Failure of(Throwable error) {
        String message = error.getMessage();
        String type = error.getClass().getSimpleName();
        String text = message == null || message.isBlank() ? type : type + ": " + message;
        return new Failure(text, retryAfter(error));
    }

    private static @Nullable Duration retryAfter(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof RetryLater asked) {
                Duration wait = asked.retryAfter();
                return wait == null || wait.isNegative() ? null : wait;
            }
            cause = cause.getCause();
        }
        return null;
    }
}

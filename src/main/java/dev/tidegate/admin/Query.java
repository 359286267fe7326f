package dev.tidegate.admin;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads query parameters, which arrive as text: JAX-RS itself would answer 404 to one of the wrong type. */
final class Query {
    static final int DEFAULT_LIMIT = 50;
    static final int MOST = 500;
    private static final int SHOWN = 40;

    private Query() {}

    static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw wrong("limit", text, "a number from 1 to " + MOST);
        }
        throw wrong("limit", text, "a number from 1 to " + MOST);
    }

    /** A row's version, or {@code null} when not asked for. */
    static @Nullable Long version(String parameter, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            long version = Long.parseLong(text);
            if (version >= 0) {
                return version;
            }
        } catch (NumberFormatException e) {
            throw wrong(parameter, text, "a version: a number from 0");
        }
        throw wrong(parameter, text, "a version: a number from 0");
    }

    static @Nullable Instant instant(String parameter, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw wrong(parameter, text, "an instant such as 2026-01-31T12:00:00Z");
        }
    }

    static <E extends Enum<E>> @Nullable E oneOf(String parameter, @Nullable String text, Class<E> type) {
        if (text == null) {
            return null;
        }
        List<String> allowed =
                Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
        String name = text.toUpperCase(Locale.ROOT);
        if (!allowed.contains(name)) {
            throw wrong(parameter, text, "one of " + String.join(", ", allowed));
        }
        return Enum.valueOf(type, name);
    }

    private static ProblemException wrong(String parameter, String text, String allowed) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return ProblemException.badRequest(parameter + " is '" + shown + "'; allowed is " + allowed);
    }
}

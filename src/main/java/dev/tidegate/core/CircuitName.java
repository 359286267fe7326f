package dev.tidegate.core;

import java.util.regex.Pattern;

/** The name of a circuit: {@code [a-z0-9][a-z0-9-]{0,62}}, and not {@code defaults}. One namespace for the whole fleet. */
public record CircuitName(String value) implements Comparable<CircuitName> {
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public CircuitName {
        if (!ALLOWED.matcher(value).matches() || value.equals("defaults")) {
            throw new IllegalArgumentException(
                    "'" + value + "' cannot be a circuit's name: allowed are 1 to 63 characters"
                            + " a-z, 0-9 and '-', beginning with a letter or digit, and not 'defaults'");
        }
    }

    @Override
    public int compareTo(CircuitName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

package dev.tidegate.publish.letters;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a letter lies. Its text, {@code topic:partition:offset}, is the name by which people and the API ask for it. */
public record LetterRef(String topic, int partition, long offset) {
    // A topic's name has no colon.
    private static final Pattern TEXT = Pattern.compile("([^:]+):(\\d{1,9}):(\\d{1,18})");

    /** @throws IllegalArgumentException if it is no such text */
    public static LetterRef of(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "a dead letter is named <dead-letter topic>:<partition>:<offset>, not \"" + text + "\"");
        }
        return new LetterRef(parts.group(1), Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3)));
    }

    @Override
    public String toString() {
        return topic + ":" + partition + ":" + offset;
    }
}

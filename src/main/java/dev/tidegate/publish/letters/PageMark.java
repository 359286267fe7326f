package dev.tidegate.publish.letters;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Where a page ends, of every partition that has more. */
final class PageMark {
    private static final Pattern TEXT = Pattern.compile("\\d{1,9}-\\d{1,18}(,\\d{1,9}-\\d{1,18})*");

    private PageMark() {}

    static String write(Map<Integer, Long> lowest) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(lowest)
                .forEach((partition, offset) -> text.append(text.isEmpty() ? "" : ",")
                        .append(partition)
                        .append('-')
                        .append(offset));
        return text.toString();
    }

    /** @throws IllegalArgumentException if it was not written here */
    static Map<Integer, Long> read(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("before must be what the page before gave, not \"" + text + "\"");
        }
        Map<Integer, Long> lowest = new TreeMap<>();
        for (String each : text.split(",", -1)) {
            int dash = each.indexOf('-');
            lowest.put(Integer.parseInt(each.substring(0, dash)), Long.parseLong(each.substring(dash + 1)));
        }
        return lowest;
    }
}

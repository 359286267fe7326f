package dev.tidegate.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads {@code demo.*} keys and remembers every complaint, so that a person hears all of them at once. */
final class DemoProperties {
    private final Properties properties;
    private final TreeSet<String> known = new TreeSet<>();
    private final List<String> complaints = new ArrayList<>();

    DemoProperties(Properties properties) {
        this.properties = properties;
    }

    int number(String key, int otherwise, int least, int most) {
        known.add(key);
        String text = properties.getProperty(key);
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Complained about below, with what is allowed.
        }
        complaints.add(key + "=" + text + " is not a whole number from " + least + " to " + most + ".");
        return otherwise;
    }

    <E extends Enum<E>> E oneOf(String key, E otherwise) {
        known.add(key);
        String text = properties.getProperty(key);
        if (text == null) {
            return otherwise;
        }
        E[] allowed = otherwise.getDeclaringClass().getEnumConstants();
        for (E value : allowed) {
            if (value.name().equalsIgnoreCase(text.strip())) {
                return value;
            }
        }
        String names = Arrays.stream(allowed)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        complaints.add(key + "=" + text + " is none of: " + names + ".");
        return otherwise;
    }

    /** Also names each {@code demo.*} key that was never asked for. */
    List<String> complaints() {
        List<String> all = new ArrayList<>(complaints);
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (key.startsWith("demo.") && !known.contains(key)) {
                all.add(key + " is unknown. Known are " + String.join(", ", known) + ".");
            }
        }
        return all;
    }
}

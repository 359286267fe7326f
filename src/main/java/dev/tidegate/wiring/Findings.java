package dev.tidegate.wiring;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What one reading of the settings brought to light. Inherited values are met often and told once. */
final class Findings {
    private final Set<SettingError> errors = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Map<String, SettingValue> values = new LinkedHashMap<>();
    private final Set<String> known = new TreeSet<>();

    void error(String key, String value, String source, String problem) {
        errors.add(new SettingError(key, value, source, problem));
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    void know(String key) {
        known.add(key);
    }

    void value(SettingValue value) {
        values.put(value.key(), value);
    }

    List<SettingError> errors() {
        return List.copyOf(errors);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    List<SettingValue> values() {
        return List.copyOf(values.values());
    }

    Set<String> known() {
        return known;
    }

    /** A value as somebody would write it down. */
    static String text(Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().map(Findings::text).collect(Collectors.joining(","));
        }
        return value instanceof Enum<?> one ? one.name().toLowerCase(Locale.ROOT) : value.toString();
    }
}

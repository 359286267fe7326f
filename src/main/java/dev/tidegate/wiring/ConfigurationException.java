package dev.tidegate.wiring;

import java.util.List;
import java.util.stream.Collectors;

/** The settings cannot be used; tells all errors at once. Nothing was started. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // an immutable list of records of strings
    private final List<SettingError> errors;

    ConfigurationException(List<SettingError> errors) {
        this(errors, List.of());
    }

    /** @param warnings told as well: what is misspelled is often why something else is missing */
    ConfigurationException(List<SettingError> errors, List<String> warnings) {
        super(message(errors) + doubts(warnings));
        this.errors = List.copyOf(errors);
    }

    public List<SettingError> errors() {
        return errors;
    }

    private static String message(List<SettingError> errors) {
        String count = errors.size() == 1 ? "an error" : errors.size() + " errors";
        return errors.stream()
                .map(error -> "\n  - " + error)
                .collect(
                        Collectors.joining("", "Tidegate's configuration has " + count + "; nothing was started:", ""));
    }

    private static String doubts(List<String> warnings) {
        return warnings.isEmpty() ? "" : "\nDoubtful is also:\n  - " + String.join("\n  - ", warnings);
    }
}

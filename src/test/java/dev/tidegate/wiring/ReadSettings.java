package dev.tidegate.wiring;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;

/** Reads settings in tests. */
final class ReadSettings {
    private ReadSettings() {}

    static TidegateSettings from(String... keysAndValues) {
        return from(ConfigTexts.of(keysAndValues));
    }

    static TidegateSettings from(ConfigView view) {
        return new SettingsReader(() -> "host-abcd").read(view);
    }

    static List<SettingError> errorsOf(String... keysAndValues) {
        return errorsOf(ConfigTexts.of(keysAndValues));
    }

    static List<SettingError> errorsOf(ConfigView view) {
        ConfigurationException refused = catchThrowableOfType(ConfigurationException.class, () -> from(view));
        return refused == null ? List.of() : refused.errors();
    }
}

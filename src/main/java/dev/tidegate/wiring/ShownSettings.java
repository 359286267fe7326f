package dev.tidegate.wiring;

import dev.tidegate.admin.EffectiveSettings;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The settings in force for people to read. Thread-safe. */
final class ShownSettings implements EffectiveSettings {
    private final Supplier<TidegateSettings> settings;

    ShownSettings(Supplier<TidegateSettings> settings) {
        this.settings = settings;
    }

    @Override
    public List<Setting> all() {
        return settings.get().values().stream()
                .map(ShownSettings::shown)
                .sorted(Comparator.comparing(Setting::key))
                .toList();
    }

    @Override
    public Map<String, Setting> ofCircuit(String circuit) {
        Map<String, Setting> byLastPart = new TreeMap<>();
        for (SettingValue value : settings.get().circuit(circuit).values()) {
            byLastPart.put(value.key().substring(value.key().lastIndexOf('.') + 1), shown(value));
        }
        return byLastPart;
    }

    private static Setting shown(SettingValue value) {
        return new Setting(value.key(), value.value(), value.source());
    }
}

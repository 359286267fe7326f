package dev.tidegate.wiring;

import dev.tidegate.admin.EffectiveSettings;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The settings for people to read. Immutable. */
final class ShownSettings implements EffectiveSettings {
    private final TidegateSettings settings;

    ShownSettings(TidegateSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Setting> all() {
        return settings.values().stream()
                .map(ShownSettings::shown)
                .sorted(Comparator.comparing(Setting::key))
                .toList();
    }

    @Override
    public Map<String, Setting> ofCircuit(String circuit) {
        Map<String, Setting> byLastPart = new TreeMap<>();
        for (SettingValue value : settings.circuit(circuit).values()) {
            byLastPart.put(value.key().substring(value.key().lastIndexOf('.') + 1), shown(value));
        }
        return byLastPart;
    }

    private static Setting shown(SettingValue value) {
        return new Setting(value.key(), value.value(), value.source());
    }
}

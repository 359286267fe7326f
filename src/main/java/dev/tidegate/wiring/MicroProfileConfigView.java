package dev.tidegate.wiring;

import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/** MicroProfile Config as a view. Converted values hide what is empty, so only texts are asked for. */
final class MicroProfileConfigView implements ConfigView {
    private final Config config;

    MicroProfileConfigView(Config config) {
        this.config = config;
    }

    @Override
    public Optional<RawValue> find(String key) {
        try {
            ConfigValue found = config.getConfigValue(key);
            String text = found.getValue() != null ? found.getValue() : found.getRawValue();
            return text == null ? Optional.empty() : Optional.of(new RawValue(text, source(key, found)));
        } catch (NoSuchElementException | IllegalArgumentException e) {
            return Optional.of(new RawValue("", "an expression that cannot be resolved: " + e.getMessage()));
        }
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        config.getPropertyNames().forEach(names::add);
        return names;
    }

    private static String source(String key, ConfigValue value) {
        String name = value.getSourceName() == null ? "unknown" : value.getSourceName();
        if (name.contains("Env")) {
            return "environment variable " + EnvironmentForm.of(key);
        }
        if (name.contains("SysProp") || name.contains("System Properties")) {
            return "system property";
        }
        // Liberty's name for its own variables, wherever those were set.
        return name.startsWith("server.xml") ? "server variable" : name;
    }
}

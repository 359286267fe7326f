package dev.tidegate.wiring;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Properties and environment variables as MicroProfile Config would show them: the environment wins. */
final class ConfigTexts implements ConfigView {
    private final Map<String, String> properties = new TreeMap<>();
    private final Map<String, String> environment = new TreeMap<>();

    static ConfigTexts of(String... keysAndValues) {
        ConfigTexts texts = new ConfigTexts();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            texts.properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return texts;
    }

    ConfigTexts environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    @Override
    public Optional<RawValue> find(String key) {
        String form = EnvironmentForm.of(key);
        if (environment.containsKey(form)) {
            return Optional.of(new RawValue(environment.get(form), "environment variable " + form));
        }
        return Optional.ofNullable(properties.get(key)).map(text -> new RawValue(text, "test.properties"));
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>(properties.keySet());
        names.addAll(environment.keySet());
        return names;
    }
}

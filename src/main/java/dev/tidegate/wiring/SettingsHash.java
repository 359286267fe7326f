package dev.tidegate.wiring;

import java.util.Set;
import java.util.TreeMap;

/** Tells at a glance whether two instances were configured alike. What each has of its own does not count. */
final class SettingsHash {
    private static final Set<String> OWN = Set.of("tidegate.instance", "HTTP_PORT", "HTTPS_PORT");

    private SettingsHash() {}

    static String of(TidegateSettings settings) {
        TreeMap<String, String> values = new TreeMap<>();
        settings.values().forEach(value -> values.put(value.key(), value.value()));
        values.keySet().removeAll(OWN);
        // Of the text: only a string's hash is the same in every JVM.
        return Integer.toHexString(values.toString().hashCode());
    }
}

package dev.tidegate.wiring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Keys whose last part is free, such as {@code tidegate.kafka.<any Kafka key>}. */
final class OpenKeys {
    private final ConfigView view;
    private final Findings findings;

    OpenKeys(ConfigView view, Findings findings) {
        this.view = view;
        this.findings = findings;
    }

    /** By last part, what is set under the prefixes; an earlier prefix wins. */
    Map<String, SettingValue> read(List<String> prefixes, Set<String> lastParts) {
        Map<String, SettingValue> found = new LinkedHashMap<>();
        for (String prefix : prefixes) {
            Set<String> candidates = new TreeSet<>(lastParts);
            candidates.addAll(listed(prefix, lastParts));
            for (String last : candidates) {
                view.find(prefix + last).ifPresent(raw -> {
                    findings.know(prefix + last);
                    found.putIfAbsent(last, new SettingValue(prefix + last, raw.text(), raw.source()));
                });
            }
        }
        return found;
    }

    /** Last parts of the environment variables under that prefix, in lower case with '-': enough where case is no matter. */
    Set<String> environmentParts(String prefix) {
        String form = EnvironmentForm.of(prefix);
        Set<String> parts = new TreeSet<>();
        for (String name : view.names()) {
            if (EnvironmentForm.is(name) && name.startsWith(form) && name.length() > form.length()) {
                parts.add(EnvironmentForm.nameOf(name.substring(form.length())));
            }
        }
        return parts;
    }

    // A source may also tell of an environment variable in a dotted form that it guessed.
    private Set<String> listed(String prefix, Set<String> lastParts) {
        Set<String> forms = new TreeSet<>();
        lastParts.forEach(part -> forms.add(EnvironmentForm.of(part)));
        Set<String> parts = new TreeSet<>();
        for (String name : view.names()) {
            String last = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
            boolean isGuess = forms.contains(EnvironmentForm.of(last)) && last.equals(last.toLowerCase(Locale.ROOT));
            if (!last.isEmpty() && !isGuess) {
                parts.add(last);
            }
        }
        return parts;
    }
}

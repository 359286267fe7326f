package dev.tidegate.wiring;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds keys that are Tidegate's by their beginning and that nobody reads: most likely misspelled. */
final class UnknownKeys {
    private static final String OURS = "tidegate.";
    // The server's own variables for its user registry.
    private static final Pattern OF_THE_SERVER = Pattern.compile("TIDEGATE_(ADMIN|OPERATOR|VIEWER)_(USER|PASSWORD)");

    private final ConfigView view;
    private final Findings findings;
    private final Map<String, String> knownByForm = new TreeMap<>();

    UnknownKeys(ConfigView view, Findings findings) {
        this.view = view;
        this.findings = findings;
        findings.known().forEach(key -> knownByForm.put(EnvironmentForm.of(key), key));
    }

    void tell() {
        Set<String> variables = new TreeSet<>();
        for (String name : view.names()) {
            if (name.startsWith("TIDEGATE_") && EnvironmentForm.is(name)) {
                variables.add(name);
            } else if (name.startsWith(OURS) && !findings.known().contains(name)) {
                tellDotted(name, variables);
            }
        }
        variables.forEach(this::tellVariable);
    }

    // A source may tell of an environment variable in a dotted form that it guessed: what was written is the variable.
    private void tellDotted(String name, Set<String> variables) {
        String form = EnvironmentForm.of(name);
        RawValue raw = view.find(name).orElse(null);
        if (raw == null) {
            return;
        }
        if (raw.source().endsWith(form)) {
            variables.add(form);
            return;
        }
        warn(name, raw.source(), Nearest.to(name, findings.known()).orElse(knownByForm.get(form)));
    }

    private void tellVariable(String name) {
        if (knownByForm.containsKey(name) || OF_THE_SERVER.matcher(name).matches()) {
            return;
        }
        String nearest = Nearest.to(name, knownByForm.keySet())
                .map(form -> form + " (" + knownByForm.get(form) + ")")
                .orElse(null);
        warn(name, "environment", nearest);
    }

    private void warn(String name, String source, @Nullable String nearest) {
        String advice = nearest == null ? "" : "; the nearest key is " + nearest;
        findings.warn(name + " (" + source + ") is not a key of Tidegate and has no effect" + advice);
    }
}

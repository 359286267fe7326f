package dev.tidegate.wiring;

import dev.tidegate.drain.DrainerSettings;
import dev.tidegate.publish.PublisherSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the names that are in use, and those that get in each other's way. */
final class Names {
    private final ConfigView view;
    private final Findings findings;

    Names(ConfigView view, Findings findings) {
        this.view = view;
        this.findings = findings;
    }

    /** The names that a list key declares. */
    List<String> declared(String key) {
        Section section = new Section(view, findings, List.of(""));
        List<String> names = section.get(key, Texts.NAME.list(), List.of());
        return names;
    }

    /** One namespace of circuits: a drainer's and a publisher's have their owner's name. */
    void refuseShared(List<DrainerSettings> drainers, List<PublisherSettings> publishers) {
        Section section = new Section(view, findings, List.of(""));
        for (PublisherSettings publisher : publishers) {
            for (DrainerSettings drainer : drainers) {
                String name = publisher.name();
                if (name.equals(drainer.name())) {
                    section.reject(
                            "tidegate.publishers",
                            name,
                            "'" + name + "' is a drainer's name too (tidegate.drainers), and both would have the"
                                    + " circuit '" + name + "'; rename one, for example to " + name + "-done");
                } else if (publisher.circuit().equals(drainer.circuit())) {
                    section.reject(
                            "tidegate.publisher." + name + ".circuit",
                            publisher.circuit(),
                            "is the circuit of drainer '" + drainer.name()
                                    + "': a publisher and a drainer do not share one");
                }
            }
        }
    }

    /** Circuits that some key is set for, by the key itself or by its environment form. */
    Set<String> configuredCircuits() {
        String prefix = "tidegate.circuit.";
        String form = EnvironmentForm.of(prefix);
        Set<String> circuits = new TreeSet<>();
        for (String name : view.names()) {
            if (name.startsWith(prefix) && name.indexOf('.', prefix.length()) > 0) {
                circuits.add(name.substring(prefix.length(), name.indexOf('.', prefix.length())));
            } else if (name.startsWith(form) && EnvironmentForm.is(name)) {
                circuits.add(circuitOf(name.substring(form.length())));
            }
        }
        circuits.removeIf(name -> name.equals("defaults") || !name.matches("[a-z0-9][a-z0-9-]{0,62}"));
        return circuits;
    }

    private static String circuitOf(String formWithoutPrefix) {
        return CircuitReader.KEYS.stream()
                .map(key -> "_" + EnvironmentForm.of(key))
                .filter(formWithoutPrefix::endsWith)
                .max((one, other) -> Integer.compare(one.length(), other.length()))
                .map(suffix -> formWithoutPrefix.substring(0, formWithoutPrefix.length() - suffix.length()))
                .map(EnvironmentForm::nameOf)
                .orElse("");
    }

    /** Two keys with one environment form: a variable would set both. */
    void refuseAmbiguous() {
        Map<String, String> byForm = new TreeMap<>();
        for (String key : findings.known()) {
            String other = byForm.putIfAbsent(EnvironmentForm.of(key), key);
            if (other != null) {
                findings.error(
                        key,
                        view.find(key).map(RawValue::text).orElse(""),
                        view.find(key).map(RawValue::source).orElse("not set"),
                        "has the same environment form as " + other + " (" + EnvironmentForm.of(key)
                                + "); rename one of the two owners");
            }
        }
    }
}

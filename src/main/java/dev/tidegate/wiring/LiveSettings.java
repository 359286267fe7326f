package dev.tidegate.wiring;

import dev.tidegate.drain.DrainerSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings in force. What may change while the instance runs follows the configuration when it is read again; all else
 * stays as it was at the start, which is told. A configuration with errors changes nothing. Thread-safe.
 */
final class LiveSettings {
    private static final System.Logger LOG = System.getLogger(LiveSettings.class.getName());

    private final ConfigView view;
    private volatile TidegateSettings current;
    private @Nullable String toldError;
    private Map<String, String> toldPending = Map.of();

    LiveSettings(TidegateSettings atStart, ConfigView view) {
        this.current = atStart;
        this.view = view;
    }

    TidegateSettings current() {
        return current;
    }

    /** Reads the configuration again; returns whether anything in force has changed. */
    synchronized boolean refresh() {
        TidegateSettings was = current;
        TidegateSettings read;
        try {
            read = new SettingsReader(was::instance).read(view);
        } catch (ConfigurationException e) {
            tellRefused(e);
            return false;
        }
        toldError = null;
        tellPending(was, read);
        TidegateSettings next = following(was, read);
        if (Set.copyOf(next.values()).equals(Set.copyOf(was.values()))) {
            return false;
        }
        current = next;
        tellChanged(was, next);
        return true;
    }

    private void tellRefused(ConfigurationException e) {
        String why = String.valueOf(e.getMessage());
        if (!why.equals(toldError)) {
            LOG.log(System.Logger.Level.ERROR, "TIDEGATE0012 the changed settings are not followed: {0}", why);
        }
        toldError = why;
    }

    private void tellPending(TidegateSettings was, TidegateSettings read) {
        Map<String, String> pending = new TreeMap<>(byKey(read));
        pending.keySet().removeIf(LiveKeys::include);
        pending.entrySet().removeAll(byKey(was).entrySet());
        if (!pending.isEmpty() && !pending.equals(toldPending)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "TIDEGATE0013 changed, but in force only from the next start on: {0}",
                    pending.keySet());
        }
        toldPending = pending;
    }

    private static void tellChanged(TidegateSettings was, TidegateSettings next) {
        Map<String, String> changed = new TreeMap<>(byKey(next));
        changed.entrySet().removeAll(byKey(was).entrySet());
        LOG.log(System.Logger.Level.INFO, "TIDEGATE0011 settings changed, now in force: {0}", changed);
    }

    private static Map<String, String> byKey(TidegateSettings settings) {
        Map<String, String> values = new HashMap<>();
        settings.values().forEach(value -> values.put(value.key(), value.value()));
        return values;
    }

    private static TidegateSettings following(TidegateSettings was, TidegateSettings read) {
        Map<String, CircuitSettings> circuits = new HashMap<>(was.circuits());
        read.circuits().forEach((name, circuit) -> {
            CircuitSettings before = was.circuit(name);
            circuits.put(name, before.name().equals(name) ? before.following(circuit) : circuit);
        });
        was.circuits().forEach((name, circuit) -> {
            // Its last key was removed: it is like any other that is not configured by name.
            if (!read.circuits().containsKey(name)) {
                circuits.put(name, circuit.following(read.customCircuit()));
            }
        });
        List<DrainerSettings> drainers =
                was.drainers().stream().map(drainer -> following(drainer, read)).toList();
        return was.following(
                drainers,
                circuits,
                was.customCircuit().following(read.customCircuit()),
                mergedValues(was.values(), read.values()));
    }

    private static DrainerSettings following(DrainerSettings drainer, TidegateSettings read) {
        return read.drainers().stream()
                .filter(one -> one.name().equals(drainer.name()))
                .findFirst()
                .map(drainer::following)
                .orElse(drainer);
    }

    /** What may change as it was read last, all else as it was. */
    static List<SettingValue> mergedValues(List<SettingValue> was, List<SettingValue> read) {
        List<SettingValue> merged = new ArrayList<>();
        was.stream().filter(value -> !LiveKeys.include(value.key())).forEach(merged::add);
        read.stream().filter(value -> LiveKeys.include(value.key())).forEach(merged::add);
        return List.copyOf(merged);
    }
}

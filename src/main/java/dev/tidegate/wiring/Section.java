package dev.tidegate.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys of one owner: what is set for it by name wins over what is set for {@code defaults}, and that over the default. */
final class Section {
    static final String BY_DEFAULT = "default";

    private final ConfigView view;
    private final Findings findings;
    private final List<String> prefixes;
    private final List<SettingValue> values = new ArrayList<>();

    /** @param prefixes each with its closing dot, the most specific first */
    Section(ConfigView view, Findings findings, List<String> prefixes) {
        this.view = view;
        this.findings = findings;
        this.prefixes = List.copyOf(prefixes);
    }

    /** The section of a name, over the section of that kind's defaults. */
    static Section of(ConfigView view, Findings findings, String kind, String name) {
        String defaults = "tidegate." + kind + ".defaults.";
        return name.equals("defaults")
                ? new Section(view, findings, List.of(defaults))
                : new Section(view, findings, List.of("tidegate." + kind + "." + name + ".", defaults));
    }

    <T> T get(String name, SettingType<T> type, T byDefault) {
        T found = find(name, type);
        if (found != null) {
            return found;
        }
        if (located(name).isEmpty()) {
            keep(new SettingValue(key(name), Findings.text(byDefault), BY_DEFAULT));
        }
        return byDefault;
    }

    /** Nothing where the key is not set, and where what is set is an error. */
    <T> @Nullable T find(String name, SettingType<T> type) {
        prefixes.forEach(prefix -> findings.know(prefix + name));
        Located located = located(name).orElse(null);
        if (located == null) {
            return null;
        }
        try {
            T value = type.read(located.raw().text());
            keep(new SettingValue(
                    located.key(), located.raw().text(), located.raw().source()));
            return value;
        } catch (NotAllowedException e) {
            findings.error(
                    located.key(),
                    withoutPassword(located.raw().text()),
                    located.raw().source(),
                    e.problem());
            return null;
        }
    }

    /** Like {@link #get}, for a key whose work comes with a later release: said, never silently ignored. */
    <T> T getLater(String name, SettingType<T> type, T byDefault) {
        T value = get(name, type, byDefault);
        warnOfLater(name);
        return value;
    }

    /** Like {@link #find}, for a key whose work comes with a later release. */
    <T> @Nullable T findLater(String name, SettingType<T> type) {
        T value = find(name, type);
        warnOfLater(name);
        return value;
    }

    boolean isSet(String name) {
        return located(name).isPresent();
    }

    /** Whether it is set by the owner's own name. */
    boolean isOwn(String name) {
        return view.find(prefixes.get(0) + name).isPresent();
    }

    /** The owner's own key. */
    String key(String name) {
        return prefixes.get(0) + name;
    }

    /** Refuses a value that is well-formed but does not go with others. */
    void reject(String name, Object value, String problem) {
        Located located = located(name).orElse(null);
        if (located == null) {
            findings.error(key(name), Findings.text(value), BY_DEFAULT, problem);
        } else {
            findings.error(located.key(), located.raw().text(), located.raw().source(), problem);
        }
    }

    List<SettingValue> values() {
        return List.copyOf(values);
    }

    private void warnOfLater(String name) {
        located(name)
                .ifPresent(located -> findings.warn(located.key() + " = \""
                        + located.raw().text() + "\" (" + located.raw().source()
                        + ") was checked and kept, but is not in force yet: this version does not act on it"));
    }

    /** Shows another value for that key than was read: one that something else decides. */
    void show(String name, String value, String source) {
        values.removeIf(kept -> kept.key().endsWith("." + name));
        keep(new SettingValue(prefixes.get(0) + name, value, source));
    }

    private void keep(SettingValue value) {
        values.add(value);
        findings.value(value);
    }

    private record Located(String key, RawValue raw) {}

    private Optional<Located> located(String name) {
        return prefixes.stream()
                .map(prefix -> prefix + name)
                .flatMap(key -> view.find(key).map(raw -> new Located(key, raw)).stream())
                .findFirst();
    }

    // What is refused is told with its value; but a URL may bring a password, and a log is read by many.
    private static String withoutPassword(String text) {
        return text.replaceAll("//[^/@\\s]*@", "//***@");
    }
}

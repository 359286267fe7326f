package dev.tidegate.wiring;

import java.util.Locale;

/** How a key is spelled as an environment variable: MicroProfile Config's rule. */
final class EnvironmentForm {
    private EnvironmentForm() {}

    static String of(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** Whether a name that a source tells of is such a form. */
    static boolean is(String name) {
        return name.indexOf('.') < 0 && name.equals(of(name));
    }

    /** The only name of allowed characters (a-z, 0-9, '-') with that form. */
    static String nameOf(String form) {
        return form.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

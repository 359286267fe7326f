package dev.tidegate.wiring;

/**
 * One thing that is wrong.
 *
 * @param value as it was written, a secret's hidden
 * @param source where it came from
 * @param problem what is allowed, and what to do
 */
public record SettingError(String key, String value, String source, String problem) {
    @Override
    public String toString() {
        return key + " = \"" + value + "\" (" + source + "): " + problem;
    }
}

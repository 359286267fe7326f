package dev.tidegate.wiring;

/**
 * A value in force and where it came from.
 *
 * @param key the key that it was found under, or the most specific one for a default
 * @param value as text; a secret's is hidden
 * @param source {@code default}, or where it was written down
 */
public record SettingValue(String key, String value, String source) {}

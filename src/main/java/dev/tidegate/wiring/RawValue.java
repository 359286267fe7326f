package dev.tidegate.wiring;

/**
 * A value as it was written down, spaces and emptiness included.
 *
 * @param source where it came from, for people
 */
record RawValue(String text, String source) {}

package dev.tidegate.core;

/**
 * How far a ramp-up has come on one instance.
 *
 * @param limit calls that may be in flight now
 * @param full calls that may be in flight at its end
 */
public record RampLimit(int limit, int full) {}

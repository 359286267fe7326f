package dev.tidegate.admin;

import java.time.Instant;

/**
 * What one instance tells of one thing.
 *
 * @param at when, in the store's time
 */
record OnInstance<T>(String instance, T view, Instant at) {}

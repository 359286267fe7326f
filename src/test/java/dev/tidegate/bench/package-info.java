/**
 * A fleet of real servers with what it stands on, and what oracles read of it from outside: the downstream's own log,
 * committed offsets, rows, topics.
 *
 * <p>Oracles use no code of the product. Tests of features are in {@code dev.tidegate.it}; troubles that users of such
 * software reported in public are in {@code dev.tidegate.field}.
 */
package dev.tidegate.bench;

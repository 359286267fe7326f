/**
 * Where the shared truth lives and how it reaches this instance: the JPA store, the in-memory store, the fail-safe around a
 * store that is away, push and poll, instance reports, operators' wishes.
 *
 * <p>Here does not belong any decision: those are {@code core}'s. Uses {@code core}.
 */
@NullMarked
package dev.tidegate.store;

import org.jspecify.annotations.NullMarked;

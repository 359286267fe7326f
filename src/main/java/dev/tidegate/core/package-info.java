/**
 * The circuit breaker as pure Java: what a circuit is, which edges it may take, who may take them, and when.
 *
 * <p>Here belong states, fences, permits, probes, leases, windows, policies and the ports ({@link
 * dev.tidegate.core.CircuitStore}, {@link dev.tidegate.core.Ticker}, {@link dev.tidegate.core.Submitter}). Here does not
 * belong anything that does I/O, starts a thread, logs, or knows Jakarta EE. This package uses no other package of
 * Tidegate.
 */
@NullMarked
package dev.tidegate.core;

import org.jspecify.annotations.NullMarked;

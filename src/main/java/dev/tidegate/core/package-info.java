/**
 * The circuit as pure Java: states, epochs, permits, probes, leases, windows and policies, and the ports to what is outside.
 *
 * <p>No input or output, no thread, no logging, no clock: time and randomness are handed in. Uses no other package of
 * Tidegate.
 */
@NullMarked
package dev.tidegate.core;

import org.jspecify.annotations.NullMarked;

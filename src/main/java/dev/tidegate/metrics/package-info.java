/**
 * Meters for {@code /metrics}: the only place that knows the name of one.
 *
 * <p>Here does not belong anything that counts: each part counts for itself, and here the figures are read. Uses every
 * package above, {@code monitor} included; not {@code health}, not {@code admin}.
 */
@NullMarked
package dev.tidegate.metrics;

import org.jspecify.annotations.NullMarked;

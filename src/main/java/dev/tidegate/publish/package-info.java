/**
 * Guarded producers and the dead-letter sender: what leaves for Kafka.
 *
 * <p>Here does not belong anything that consumes. Uses {@code core}, {@code store} and {@code guard}.
 */
@NullMarked
package dev.tidegate.publish;

import org.jspecify.annotations.NullMarked;

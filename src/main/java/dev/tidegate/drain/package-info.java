/**
 * Drainers: poll loop, partition buffers, lanes, pause causes, rebalances, offsets, retries, and the SPI for processors.
 *
 * <p>Here does not belong any HTTP client (that is {@code drain.http}) nor any JAX-RS resource. Uses {@code core}, {@code
 * store}, {@code guard} and {@code publish}.
 */
@NullMarked
package dev.tidegate.drain;

import org.jspecify.annotations.NullMarked;

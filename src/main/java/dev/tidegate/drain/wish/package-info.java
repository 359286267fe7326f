/**
 * What operators wish of drainers, for the whole fleet: asked at any instance, stored, and carried out by each that it
 * concerns.
 *
 * <p>Here does not belong how a drainer pauses or skips, nor any HTTP.
 */
@NullMarked
package dev.tidegate.drain.wish;

import org.jspecify.annotations.NullMarked;

/**
 * What lies in the dead-letter topics: read within bounds, sent to where it came from once more, or marked as done with.
 *
 * <p>Here does not belong how letters get there, nor any HTTP.
 */
@NullMarked
package dev.tidegate.publish.letters;

import org.jspecify.annotations.NullMarked;

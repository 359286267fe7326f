/**
 * The processor that hands a delivery to a downstream service over HTTP. Uses {@code drain} and what that may use.
 */
@NullMarked
package dev.tidegate.drain.http;

import org.jspecify.annotations.NullMarked;

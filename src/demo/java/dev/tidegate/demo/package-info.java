/**
 * The one-command demo: starts a broker, a database, a downstream, a traffic generator and Open Liberty with the WAR,
 * and ends all of them together.
 *
 * <p>Compiled as test code, never packed into the WAR. It uses nothing of the product: what it shows, it shows from
 * outside, by configuration alone.
 */
@NullMarked
package dev.tidegate.demo;

import org.jspecify.annotations.NullMarked;

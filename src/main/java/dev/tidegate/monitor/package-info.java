/**
 * What watches over this instance: the timer that reconciles, the report of this instance, and what is known of store, broker
 * and start without asking them.
 *
 * <p>Here does not belong what is shown to whom: that is {@code health}, {@code metrics} and {@code admin}, which all ask
 * here and not each other. Uses {@code core}, {@code store}, {@code guard}, {@code publish} and {@code drain}.
 */
@NullMarked
package dev.tidegate.monitor;

import org.jspecify.annotations.NullMarked;

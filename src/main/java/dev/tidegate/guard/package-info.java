/**
 * Circuits as application code meets them: the registry with each circuit's snapshot, the {@code @Guarded} interceptor, the
 * factory for code without annotations, and the CDI events.
 *
 * <p>Here belongs what turns a permit into a guarded call and news into events. Here does not belong any Kafka client, any
 * HTTP resource, any configuration source. Uses {@code core} and {@code store}.
 */
@NullMarked
package dev.tidegate.guard;

import org.jspecify.annotations.NullMarked;

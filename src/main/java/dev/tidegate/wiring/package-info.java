/**
 * Where everything is put together: settings from MicroProfile Config, the real clock, executors, Kafka clients, CDI
 * producers, start and stop.
 *
 * <p>Here belongs what constructs another package's services. Here does not belong any decision about circuits or records.
 * May use every other package; nothing uses it.
 */
@NullMarked
package dev.tidegate.wiring;

import org.jspecify.annotations.NullMarked;

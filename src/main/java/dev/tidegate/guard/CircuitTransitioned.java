package dev.tidegate.guard;

import dev.tidegate.core.AutomaticState;
import dev.tidegate.core.Cause;
import dev.tidegate.core.CircuitName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * CDI event, on every instance, after an edge became durable. Between two reads of the store several edges may pass; then
 * the event tells of the last, and {@code from} is what this instance last knew.
 *
 * @param at the store's time of the edge
 * @param instance who made the edge
 */
public record CircuitTransitioned(
        CircuitName circuit,
        AutomaticState from,
        AutomaticState to,
        Cause cause,
        @Nullable String detail,
        long epoch,
        long version,
        Instant at,
        String instance) {}

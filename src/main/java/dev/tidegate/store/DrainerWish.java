package dev.tidegate.store;

import java.time.Instant;

/**
 * What an operator wishes of one drainer, fleet-wide.
 *
 * @param version +1 at every change; 0 when created
 * @param isPaused whether it shall be paused with cause OPERATOR
 * @param at when it was stored, in the store's time
 */
public record DrainerWish(String drainer, long version, boolean isPaused, String actor, String reason, Instant at) {}

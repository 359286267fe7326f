package dev.tidegate.guard;

/**
 * CDI event, once for each outage on each instance that has it: the store does not answer, and this instance's circuits go on
 * with what it knows.
 *
 * @param why for people
 */
public record StoreWentAway(String why) {}

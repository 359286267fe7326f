package dev.tidegate.guard;

import java.time.Duration;

/**
 * CDI event, once for each outage on each instance that had it: the store answers again.
 *
 * @param away how long it did not
 */
public record StoreCameBack(Duration away) {}

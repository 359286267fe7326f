package dev.tidegate.monitor.report;

import java.time.Instant;

/**
 * Who this running server is.
 *
 * @param name unique in the fleet
 * @param version of the program
 * @param startedAt by this instance's own clock: for people, never compared with a stored time
 * @param settingsHash the same on two instances that have the same settings
 */
public record ThisInstance(String name, String version, Instant startedAt, String settingsHash) {}

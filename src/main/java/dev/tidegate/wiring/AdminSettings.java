package dev.tidegate.wiring;

import java.time.Duration;

/**
 * How wrong passwords are slowed down.
 *
 * @param loginAttempts wrong passwords before the delay
 * @param loginDelay the first delay; it grows
 */
public record AdminSettings(int loginAttempts, Duration loginDelay) {}

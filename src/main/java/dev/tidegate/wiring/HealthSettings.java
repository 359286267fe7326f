package dev.tidegate.wiring;

import java.time.Duration;

/**
 * When health turns bad.
 *
 * @param isDegradedReady whether an instance with open circuits or paused drainers stays ready
 * @param stuckAfter a poll loop or timer silent for so long is stuck
 */
public record HealthSettings(boolean isDegradedReady, Duration stuckAfter) {}

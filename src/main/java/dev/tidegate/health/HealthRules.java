package dev.tidegate.health;

import java.time.Duration;

/**
 * When health turns bad.
 *
 * @param isDegradedReady whether an instance with open circuits, paused drainers or a store away stays ready
 * @param stuckAfter a poll loop or timer silent for so long is stuck
 */
public record HealthRules(boolean isDegradedReady, Duration stuckAfter) {}

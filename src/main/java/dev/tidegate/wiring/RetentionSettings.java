package dev.tidegate.wiring;

import java.time.Duration;

/** How long history and audit entries are kept. */
public record RetentionSettings(Duration history, Duration audit) {}

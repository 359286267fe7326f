package dev.tidegate.drain;

/** CDI event, on the drainer's own instance: its state, its cause or its pause causes changed. */
public record DrainerChanged(DrainerStatus before, DrainerStatus now) {}

package dev.tidegate.guard;

import dev.tidegate.core.CircuitPolicy;

/** What the configuration says of one circuit. */
public record CircuitDefinition(CircuitKind kind, CircuitPolicy policy) {}

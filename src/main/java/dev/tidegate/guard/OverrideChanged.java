package dev.tidegate.guard;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.OperatorOverride;
import org.jspecify.annotations.Nullable;

/** CDI event, on every instance, after an override began, changed or ended. */
public record OverrideChanged(
        CircuitName circuit,
        @Nullable OperatorOverride before,
        @Nullable OperatorOverride after,
        long version) {}

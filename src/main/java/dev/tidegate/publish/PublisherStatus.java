package dev.tidegate.publish;

import org.jspecify.annotations.Nullable;

/** Figures of one publisher on this instance since its start. */
public record PublisherStatus(
        String name,
        String topic,
        String circuit,
        long acknowledged,
        long failed,
        long refused,
        int inFlight,
        @Nullable String lastError) {}

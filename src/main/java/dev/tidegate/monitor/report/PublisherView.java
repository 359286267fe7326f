package dev.tidegate.monitor.report;

import dev.tidegate.publish.PublisherStatus;
import org.jspecify.annotations.Nullable;

/** One publisher on one instance since that instance's start. */
public record PublisherView(
        String name,
        String topic,
        String circuit,
        long acknowledged,
        long failed,
        long refused,
        int inFlight,
        @Nullable String lastError) {

    /** The publisher at the moment of that status. */
    public static PublisherView of(PublisherStatus status) {
        return new PublisherView(
                status.name(),
                status.topic(),
                status.circuit(),
                status.acknowledged(),
                status.failed(),
                status.refused(),
                status.inFlight(),
                status.lastError());
    }
}

package dev.tidegate.monitor;

import java.util.List;

/**
 * How this instance is, in one word, and why.
 *
 * @param reasons for people, worst first; empty exactly when HEALTHY
 */
public record Condition(Status status, List<String> reasons) {
    /** From best to worst. */
    public enum Status {
        /** All is up, every circuit is closed and nobody overrides one. */
        HEALTHY,
        /** It does its work but for something that recovers by itself or that an operator wished. */
        DEGRADED,
        /** It cannot do its work. */
        UNHEALTHY
    }

    public Condition {
        reasons = List.copyOf(reasons);
        if ((status == Status.HEALTHY) != reasons.isEmpty()) {
            throw new IllegalArgumentException(status + " with the reasons " + reasons);
        }
    }
}

package dev.tidegate.store;

import java.time.Duration;
import java.time.Instant;

/** What H2 may be told to take for its clock. */
public final class ClockAhead {
    private ClockAhead() {}

    public static Instant oneHour() {
        return Instant.now().plus(Duration.ofHours(1));
    }

    public static Instant twoHours() {
        return Instant.now().plus(Duration.ofHours(2));
    }
}

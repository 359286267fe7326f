package dev.tidegate.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An exception that tells how long the dependency asked to be left alone, such as by {@code Retry-After} of HTTP. As the
 * failure that trips a circuit, or that fails a probe, it lengthens the break, within its maximum.
 */
public interface RetryLater {
    /** How long, or {@code null} or zero where nothing was asked. */
    @Nullable
    Duration retryAfter();
}

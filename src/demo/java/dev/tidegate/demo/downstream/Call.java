package dev.tidegate.demo.downstream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that has ended.
 *
 * @param id the {@code Idempotency-Key} without its quotes, or one of the downstream's own
 * @param key the {@code Kafka-Key} header as it came, or null
 * @param startedAt for people; durations are the difference of the nanoseconds
 * @param startNanos when the call had been read, on the clock of {@link System#nanoTime()}
 * @param endNanos just before the answer was written, on the same clock
 */
public record Call(
        String id, @Nullable String key, Instant startedAt, long startNanos, long endNanos, Outcome outcome) {}

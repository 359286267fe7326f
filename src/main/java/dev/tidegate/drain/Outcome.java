package dev.tidegate.drain;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one attempt to process a delivery. */
public sealed interface Outcome {
    /**
     * It is handled.
     *
     * @param result goes on to the drainer's publisher, or {@code null} for none
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
    record Done(byte @Nullable [] result) implements Outcome {
        public static final Done WITHOUT_RESULT = new Done(null);
    }

    /**
     * This record is bad and will be dead-lettered.
     *
     * @param hasAnswered whether the dependency was reached: neutral for the circuit, else inconclusive
     */
    record Rejected(String reason, boolean hasAnswered) implements Outcome {}

    /** The dependency still works on it: tried again after a backoff, neutral for the circuit. */
    record Busy(@Nullable Duration retryAfter) implements Outcome {}

    /** The dependency failed: the record stays and is tried again. */
    record Failed(String cause, @Nullable Duration retryAfter) implements Outcome {}
}

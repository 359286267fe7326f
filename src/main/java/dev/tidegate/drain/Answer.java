package dev.tidegate.drain;

import org.jspecify.annotations.Nullable;

/**
 * A complete answer of a downstream.
 *
 * @param status HTTP status
 * @param body the result, or {@code null} for none
 * @param retryAfter the raw header, or {@code null}
 * @param date the answer's own raw {@code Date} header, or {@code null}
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
public record Answer(
        int status,
        byte @Nullable [] body,
        @Nullable String retryAfter,
        @Nullable String date) {}

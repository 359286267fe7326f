package dev.tidegate.core;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The refusal of the one caller whose asking started a claim. It may wait a bounded time for the answer and ask again; a win
 * that comes after it gave up stays with the instance.
 */
public final class ClaimPending implements Permit.Refused {
    private final CompletableFuture<Void> answered = new CompletableFuture<>();
    private final RefusalReason reason;
    private final long epoch;

    ClaimPending(RefusalReason reason, long epoch) {
        this.reason = reason;
        this.epoch = epoch;
    }

    /** Completes, never exceptionally, when the store answered or is known to be away. */
    public CompletionStage<Void> answered() {
        return answered.minimalCompletionStage();
    }

    void answer() {
        answered.complete(null);
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public RefusalReason reason() {
        return reason;
    }

    @Override
    public Duration retryAfter() {
        return Duration.ZERO;
    }
}

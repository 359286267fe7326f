package dev.tidegate.core;

/**
 * Number and token of the edge that made the automatic state: what fences permits, results and writes.
 *
 * @param epoch 0 for a new row, +1 at every edge
 * @param token the random token of the edge's writer; two edges never share one
 */
public record Fence(long epoch, String token) {
    public Fence {
        if (epoch < 0) {
            throw new IllegalArgumentException("an epoch is never negative, got " + epoch);
        }
        if (token.isBlank()) {
            throw new IllegalArgumentException("the token of epoch " + epoch + " is blank");
        }
    }

    /** The fence of the edge that follows this one. */
    public Fence next(String nextToken) {
        return new Fence(epoch + 1, nextToken);
    }
}

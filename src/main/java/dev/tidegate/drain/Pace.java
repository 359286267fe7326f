package dev.tidegate.drain;

/**
 * How long an attempt keeps its thread, and so how many of them one thread may be handed at once: as many as it makes in the
 * time that a hand-over would take. Believes at once that attempts got slower, and in time that they got faster. Guarded by
 * the drainer's turn.
 */
final class Pace {
    private static final long SPAN_NANOS = 100_000;
    private static final int WEIGHT = 4;

    private long nanosOfEach = SPAN_NANOS;

    void took(int attempts, long nanos) {
        if (attempts == 0) {
            return;
        }
        long each = nanos / attempts;
        nanosOfEach = each > nanosOfEach ? each : nanosOfEach - (nanosOfEach - each) / WEIGHT;
    }

    /** How many attempts one thread may be handed, 1 or more. */
    int atOnce() {
        return (int) Math.max(1, SPAN_NANOS / Math.max(1, nanosOfEach));
    }
}

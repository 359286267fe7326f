package dev.tidegate.drain;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How the poll thread waits for what is on its way when it must give partitions up: as long as the settings allow, and
 * showing life all the while, since a wait that was asked for is not a thread that is stuck. For the poll thread alone.
 */
final class Quiesce {
    /** Well below the shortest silence that may be called stuck. */
    static final Duration BEAT = Duration.ofMillis(200);

    private final Turn turn;
    private final Duration longest;
    private final Runnable alive;

    /** @param alive is told at least once per {@link #BEAT} of waiting */
    Quiesce(Turn turn, Duration longest, Runnable alive) {
        this.turn = turn;
        this.longest = longest;
        this.alive = alive;
    }

    /** Shows life before a call that may take a while of its own. */
    void showLife() {
        alive.run();
    }

    /** Returns whether it became quiet in time. An interrupt ends the wait and is kept. */
    boolean await(BooleanSupplier isQuiet) {
        Duration left = longest;
        while (true) {
            alive.run();
            Duration piece = left.compareTo(BEAT) < 0 ? left : BEAT;
            boolean isDone = turn.await(isQuiet, piece);
            left = left.minus(piece);
            if (isDone || left.isZero() || Thread.currentThread().isInterrupted()) {
                alive.run();
                return isDone;
            }
        }
    }
}

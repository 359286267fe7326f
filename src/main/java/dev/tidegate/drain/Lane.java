package dev.tidegate.drain;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Records that wait for each other. Only its head is ever handed over. Guarded by the drainer's turn. */
final class Lane {
    enum State {
        /** The head may be handed over. */
        READY,
        /** The head is on its way. */
        BUSY,
        /** The head failed and waits for its next attempt. */
        WAITING,
        /** Nothing is in it. */
        EMPTY
    }

    final @Nullable LaneKey key;
    final ArrayDeque<BufferedRecord> records = new ArrayDeque<>(2);
    State state = State.EMPTY;
    long wakeAtNanos;

    Lane(@Nullable LaneKey key) {
        this.key = key;
    }

    @Nullable
    BufferedRecord head() {
        return records.peek();
    }
}

package dev.tidegate.store;

import dev.tidegate.core.StoreException;
import dev.tidegate.core.Ticker;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether the store is away, told once per outage and once per return. Thread-safe. */
public final class StoreOutage {
    /** Hears of the beginning and the end of an outage; must return soon. */
    public interface Listener {
        void storeWentAway(String why);

        void storeCameBack(Duration away);
    }

    private final Ticker ticker;
    private final Listener listener;
    private boolean hasAnswered;
    private boolean isAway;
    private boolean isWriteFailed;
    private long awaySinceNanos;
    private long answeredNanos;
    private long outages;
    private @Nullable String why;
    private @Nullable Instant storeTime;

    public StoreOutage(Ticker ticker, Listener listener) {
        this.ticker = ticker;
        this.listener = listener;
        this.answeredNanos = ticker.nanos();
    }

    /**
     * A question was not answered. An answer that came since it was asked tells more than its failure, which may be of a
     * connection from before the outage ended: such a failure begins none.
     *
     * @param askedNanos the ticker before the question
     * @return whether the store is away
     */
    boolean failed(StoreException error, boolean isWrite, long askedNanos) {
        synchronized (this) {
            if (!isAway && hasAnswered && answeredNanos - askedNanos > 0) {
                return false;
            }
            isWriteFailed |= isWrite;
            why = error.getMessage();
            if (isAway) {
                return true;
            }
            isAway = true;
            outages++;
            awaySinceNanos = ticker.nanos();
        }
        listener.storeWentAway(String.valueOf(error.getMessage()));
        return true;
    }

    void answered(long nanos, Instant storeNow) {
        Duration lasted;
        synchronized (this) {
            hasAnswered = true;
            storeTime = storeNow;
            answeredNanos = nanos;
            if (!isAway) {
                return;
            }
            isAway = false;
            isWriteFailed = false;
            why = null;
            lasted = Duration.ofNanos(nanos - awaySinceNanos);
        }
        listener.storeCameBack(lasted);
    }

    public synchronized boolean isAway() {
        return isAway;
    }

    /** Whether reads alone prove nothing: the outage began with a write that the store would not take. */
    synchronized boolean isWriteFailed() {
        return isAway && isWriteFailed;
    }

    /** Whether the store has answered at least once since the start. */
    public synchronized boolean hasAnswered() {
        return hasAnswered;
    }

    /** Why it is away, or {@code null}. May hold addresses: not for anonymous callers. */
    public synchronized @Nullable String why() {
        return why;
    }

    /** How old the last answer is. */
    public synchronized Duration staleness() {
        return Duration.ofNanos(Math.max(0, ticker.nanos() - answeredNanos));
    }

    /**
     * The store's time as it was last told, carried on by the ticker; {@code null} before the first answer. For people who
     * look at a countdown, never for a decision.
     */
    public synchronized @Nullable Instant storeNow() {
        return storeTime == null ? null : storeTime.plusNanos(ticker.nanos() - answeredNanos);
    }

    /** How many outages there were since the start. */
    public synchronized long outages() {
        return outages;
    }
}

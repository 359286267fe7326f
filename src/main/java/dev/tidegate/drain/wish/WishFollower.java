package dev.tidegate.drain.wish;

import dev.tidegate.core.StoreException;
import dev.tidegate.drain.Drainer;
import dev.tidegate.drain.Drainers;
import dev.tidegate.drain.PauseCause;
import dev.tidegate.store.DrainerWish;
import dev.tidegate.store.DrainerWishes;
import dev.tidegate.store.SkipWishes;
import dev.tidegate.store.StoreOutage;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets this instance's drainers act by what operators wish, wherever that was asked: told by the store's push, repaired by a
 * poll. While the store is away what was wished last stays in force. Thread-safe; each following reads the store on the
 * calling thread, one at a time.
 */
public final class WishFollower {
    private static final System.Logger LOG = System.getLogger(WishFollower.class.getName());

    private final Drainers drainers;
    private final DrainerWishes wishes;
    private final SkipWishes skips;
    private final SkipRound round;
    private final StoreOutage outage;
    private final Executor threads;
    private final AtomicBoolean isDue = new AtomicBoolean();
    private volatile Map<String, DrainerWish> followed = Map.of();
    private boolean isTroubled;

    /**
     * @param instance this one's name
     * @param threads may wait for the store, when the store pushes; a refused task is left to the poll
     */
    public WishFollower(
            String instance,
            Drainers drainers,
            DrainerWishes wishes,
            SkipWishes skips,
            StoreOutage outage,
            Executor threads) {
        this.drainers = drainers;
        this.wishes = wishes;
        this.skips = skips;
        this.round = new SkipRound(instance, drainers, skips);
        this.outage = outage;
        this.threads = threads;
    }

    /**
     * Stores the first wish of drainers that are initially paused, follows what is stored, and listens from then on. To be
     * called before any drainer starts; again, if it failed.
     */
    public void begin() throws StoreException {
        for (Drainer drainer : drainers.all()) {
            if (drainer.settings().isInitiallyPaused()) {
                wishes.createIfAbsent(new DrainerWish(
                        drainer.name(),
                        0,
                        true,
                        "configuration",
                        "tidegate.drainer." + drainer.name() + ".initially-paused",
                        Instant.EPOCH));
            }
        }
        followPauses();
        // They last as long as the instance: what closes the store's connection ends them.
        wishes.listen(this::followSoon);
        skips.listen(this::followSoon);
    }

    /** What operators wish, by the drainer's name, as this instance last read it. */
    public Map<String, DrainerWish> wishes() {
        return followed;
    }

    /** Follows soon, on another thread. */
    void followSoon() {
        if (!isDue.compareAndSet(false, true)) {
            return;
        }
        try {
            threads.execute(this::follow);
        } catch (RejectedExecutionException stopping) {
            isDue.set(false);
        }
    }

    /** Follows now; what the poll does. Throws nothing. */
    public synchronized void follow() {
        isDue.set(false);
        if (outage.isAway()) {
            return;
        }
        try {
            followPauses();
            round.carryOut();
            isTroubled = false;
        } catch (StoreException | RuntimeException e) {
            tellOnce(e);
        }
    }

    private synchronized void followPauses() throws StoreException {
        Map<String, DrainerWish> now = wishes.read();
        followed = now;
        now.forEach((name, wish) -> drainers.find(name).ifPresent(drainer -> {
            if (wish.isPaused()) {
                drainer.pause(PauseCause.OPERATOR);
            } else {
                drainer.resume(PauseCause.OPERATOR);
            }
        }));
    }

    private void tellOnce(Exception error) {
        System.Logger.Level level = isTroubled ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING;
        isTroubled = true;
        LOG.log(
                level,
                "what operators wish of drainers cannot be followed now; it is tried again: {0}",
                error.getMessage());
    }
}

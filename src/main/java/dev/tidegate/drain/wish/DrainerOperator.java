package dev.tidegate.drain.wish;

import dev.tidegate.core.StoreException;
import dev.tidegate.drain.Drainer;
import dev.tidegate.drain.Drainers;
import dev.tidegate.drain.Skip;
import dev.tidegate.store.DrainerWish;
import dev.tidegate.store.DrainerWishes;
import dev.tidegate.store.NothingDoneException;
import dev.tidegate.store.SkipWish;
import dev.tidegate.store.SkipWishes;
import dev.tidegate.store.StoreOutage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what operators want of drainers, for the whole fleet: one write, on the caller's thread, which waits for the
 * store. Nothing is in force before it is written. Thread-safe.
 */
public final class DrainerOperator {
    /** How long a skip waits for somebody who can carry it out. */
    public static final Duration SKIP_LASTS = Duration.ofMinutes(10);

    private static final System.Logger LOG = System.getLogger(DrainerOperator.class.getName());

    private final Drainers drainers;
    private final DrainerWishes wishes;
    private final SkipWishes skips;
    private final StoreOutage outage;
    private final WishFollower follower;
    private final Supplier<String> tokens;

    /**
     * @param follower of this instance
     * @param tokens yields a random token that no one else makes
     */
    public DrainerOperator(
            Drainers drainers,
            DrainerWishes wishes,
            SkipWishes skips,
            StoreOutage outage,
            WishFollower follower,
            Supplier<String> tokens) {
        this.drainers = drainers;
        this.wishes = wishes;
        this.skips = skips;
        this.outage = outage;
        this.follower = follower;
        this.tokens = tokens;
    }

    /**
     * Pauses a drainer on every instance, also on those that start later, or lets it go on; never over another operator's
     * wish that came first.
     *
     * @throws IllegalArgumentException if this instance has no drainer of that name
     */
    public WishAnswer<DrainerWish> carryOut(PauseChange change) {
        String drainer = known(change.drainer()).name();
        DrainerWish next = new DrainerWish(
                drainer, change.seen() + 1, change.isPaused(), change.actor(), change.reason(), Instant.EPOCH);
        WishAnswer<DrainerWish> answer = written("drainer " + drainer, next, () -> wishes.write(next), answered -> {
            DrainerWish now = wishes.read().get(drainer);
            boolean isOurs = now != null && isSame(now, next);
            if (isOurs || answered == Answered.STORED) {
                return new WishAnswer.Done<>(now == null ? next : now);
            }
            return answered == Answered.OUTDATED
                    ? new WishAnswer.Outdated<>(now, outdated(drainer, change.seen(), now))
                    : notKnown("drainer " + drainer);
        });
        if (answer instanceof WishAnswer.Done) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "TIDEGATE4006 drainer={0} wish={1} version={2} actor=\"{3}\" reason=\"{4}\"",
                    drainer,
                    next.isPaused() ? "PAUSED" : "RUNNING",
                    Long.toString(next.version()),
                    next.actor(),
                    next.reason());
            follower.follow();
        }
        return answer;
    }

    private static boolean isSame(DrainerWish now, DrainerWish next) {
        return now.version() == next.version()
                && now.isPaused() == next.isPaused()
                && now.actor().equals(next.actor())
                && now.reason().equals(next.reason());
    }

    private static String outdated(String drainer, long seen, @Nullable DrainerWish now) {
        if (now == null) {
            return "nothing was ever wished of drainer " + drainer + ", so there is no version " + seen;
        }
        return "what is wished of drainer " + drainer + " is at version " + now.version() + ", not " + seen + ": "
                + now.actor() + " wished at " + now.at() + " that it is " + (now.isPaused() ? "paused" : "not paused")
                + " (" + now.reason() + ")";
    }

    /**
     * Has what blocks a partition passed by whoever owns it, also if it changes hands meanwhile, within
     * {@link #SKIP_LASTS}. What became of it is told by {@link #skip}.
     *
     * @throws IllegalArgumentException if this instance has no drainer of that name, or that one does not drain the topic
     */
    public WishAnswer<SkipWish> ask(String drainer, Skip skip) {
        PauseChange.check(drainer, skip.actor(), skip.reason());
        requireDrained(known(drainer), skip.topic());
        SkipWish wish = SkipWish.asked(
                tokens.get(),
                drainer,
                skip.topic(),
                skip.partition(),
                skip.offset(),
                skip.toOffset(),
                skip.actor(),
                skip.reason());
        String what = "the skip of " + wish.place();
        return written(what, wish, () -> skips.ask(wish, SKIP_LASTS), answered -> {
            if (answered == Answered.OUTDATED) {
                return new WishAnswer.Outdated<>(
                        openOf(wish.place()).orElse(null),
                        "somebody asked for " + what + " already, and it is open yet");
            }
            follower.follow();
            Optional<SkipWish> stored = skips.find(wish.id());
            boolean isStored = stored.isPresent() || answered == Answered.STORED;
            return isStored ? new WishAnswer.Done<>(stored.orElse(wish)) : notKnown(what);
        });
    }

    private Optional<SkipWish> openOf(String place) throws StoreException {
        return skips.open().stream().filter(each -> each.place().equals(place)).findFirst();
    }

    /** What became of a skip; nothing if it is over for a day, or was followed by another for the same place. */
    public Optional<SkipWish> skip(String id) throws StoreException {
        return skips.find(id);
    }

    /** The newest skips that are kept. */
    public List<SkipWish> skips(int limit) throws StoreException {
        return skips.read(limit);
    }

    private Drainer known(String name) {
        return drainers.find(name)
                .orElseThrow(() -> new IllegalArgumentException("this instance has no drainer " + name));
    }

    private static void requireDrained(Drainer drainer, String topic) {
        if (!drainer.settings().drains(topic)) {
            throw new IllegalArgumentException("drainer " + drainer.name() + " does not drain topic " + topic
                    + "; it drains " + drainer.settings().topics());
        }
    }

    /** How the store answered to a write. */
    private enum Answered {
        STORED,
        OUTDATED,
        NOT_AT_ALL
    }

    private interface Write {
        boolean run() throws StoreException;
    }

    private interface Look<W> {
        WishAnswer<W> after(Answered answered) throws StoreException;
    }

    private <W> WishAnswer<W> written(String what, W wish, Write write, Look<W> look) {
        if (outage.isAway()) {
            return new WishAnswer.NotDone<>("the store is away: " + outage.why() + "; nothing was changed");
        }
        Answered answered = Answered.NOT_AT_ALL;
        try {
            answered = write.run() ? Answered.STORED : Answered.OUTDATED;
        } catch (NothingDoneException e) {
            return new WishAnswer.NotDone<>("the store is away: " + e.getMessage() + "; nothing was changed");
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.DEBUG, "a write was not answered", e);
        }
        try {
            return look.after(answered);
        } catch (StoreException e) {
            return answered == Answered.STORED ? new WishAnswer.Done<>(wish) : notKnown(what);
        }
    }

    private static <W> WishAnswer<W> notKnown(String what) {
        return new WishAnswer.NotKnown<>("the store did not answer, so nobody knows whether what was wished of " + what
                + " is stored; look before you try again");
    }
}

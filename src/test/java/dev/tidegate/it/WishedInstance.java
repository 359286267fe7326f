package dev.tidegate.it;

import dev.tidegate.core.StoreException;
import dev.tidegate.core.Subscription;
import dev.tidegate.drain.KafkaDrainer;
import dev.tidegate.drain.KafkaDrainers;
import dev.tidegate.drain.wish.DrainerOperator;
import dev.tidegate.drain.wish.WishFollower;
import dev.tidegate.store.DrainerWishes;
import dev.tidegate.store.JdbcDrainerWishes;
import dev.tidegate.store.JdbcSkipWishes;
import dev.tidegate.store.PostgresListener;
import dev.tidegate.store.SkipWishes;
import dev.tidegate.store.StoreDatabase;
import dev.tidegate.store.StoreOutage;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One instance's part in what operators wish of its one drainer. */
public final class WishedInstance implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    public final DrainerOperator operator;
    private final WishFollower follower;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(1);
    private final Subscription push;

    private WishedInstance(
            String name, KafkaDrainer drainer, DrainerWishes wishes, SkipWishes skips, Subscription push) {
        KafkaDrainers drainers = new KafkaDrainers(List.of(drainer), System::nanoTime);
        StoreOutage outage = new StoreOutage(System::nanoTime, new StoreOutage.Listener() {
            @Override
            public void storeWentAway(String why) {}

            @Override
            public void storeCameBack(Duration away) {}
        });
        this.push = push;
        follower = new WishFollower(name, drainers, wishes, skips, outage, threads);
        operator = new DrainerOperator(
                drainers,
                wishes,
                skips,
                outage,
                follower,
                () -> UUID.randomUUID().toString());
        try {
            follower.begin();
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An instance that hears of wishes by PostgreSQL's push, and by nothing else until {@link #poll}. */
    public static WishedInstance over(StoreDatabase database, String name, KafkaDrainer drainer) {
        PostgresListener listener = database.push();
        DrainerWishes wishes = new JdbcDrainerWishes(database.source(), TIMEOUT, listener);
        SkipWishes skips = new JdbcSkipWishes(database.source(), TIMEOUT, listener);
        Subscription push = listener.listen(circuit -> {}, () -> {});
        return new WishedInstance(name, drainer, wishes, skips, push);
    }

    /** An instance over wishes in this process. */
    public static WishedInstance over(DrainerWishes wishes, SkipWishes skips, String name, KafkaDrainer drainer) {
        return new WishedInstance(name, drainer, wishes, skips, () -> {});
    }

    /** Polls from now on as well. */
    public WishedInstance poll() {
        Future<?> unused = threads.scheduleWithFixedDelay(follower::follow, 0, 200, TimeUnit.MILLISECONDS);
        return this;
    }

    @Override
    public void close() {
        push.close();
        threads.shutdownNow();
    }
}

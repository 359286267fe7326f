package dev.tidegate.drain.wish;

import dev.tidegate.fixture.FakeDrainers;
import dev.tidegate.store.DrainerWishes;
import dev.tidegate.store.SkipWishes;
import dev.tidegate.store.StoreOutage;
import java.time.Duration;
import java.util.UUID;

/** One instance with one scripted drainer, over a store that it may share. */
final class WishingInstance {
    final ScriptedDrainer drainer = new ScriptedDrainer();
    final WishFollower follower;
    final DrainerOperator operator;

    WishingInstance(String name, DrainerWishes wishes, SkipWishes skips) {
        StoreOutage outage = new StoreOutage(System::nanoTime, new StoreOutage.Listener() {
            @Override
            public void storeWentAway(String why) {}

            @Override
            public void storeCameBack(Duration away) {}
        });
        FakeDrainers drainers = new FakeDrainers(drainer);
        follower = new WishFollower(name, drainers, wishes, skips, outage, Runnable::run);
        operator = new DrainerOperator(
                drainers,
                wishes,
                skips,
                outage,
                follower,
                () -> UUID.randomUUID().toString());
    }
}

package dev.tidegate.store;

import dev.tidegate.core.Subscription;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Operators' wishes in one process, beside {@link InMemoryCircuitStore}. Thread-safe. */
public final class InMemoryDrainerWishes implements DrainerWishes {
    private final InstantSource clock;
    private final Map<String, DrainerWish> wishes = new ConcurrentHashMap<>();
    private final WishListeners listeners = new WishListeners();

    public InMemoryDrainerWishes(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Map<String, DrainerWish> read() {
        return Map.copyOf(wishes);
    }

    @Override
    public boolean createIfAbsent(DrainerWish wish) {
        return wishes.putIfAbsent(wish.drainer(), stored(wish)) == null;
    }

    @Override
    public boolean write(DrainerWish next) {
        DrainerWish before = wishes.get(next.drainer());
        boolean isStored = before == null
                ? next.version() == 1 && wishes.putIfAbsent(next.drainer(), stored(next)) == null
                : next.version() == before.version() + 1 && wishes.replace(next.drainer(), before, stored(next));
        if (isStored) {
            listeners.tell();
        }
        return isStored;
    }

    @Override
    public Subscription listen(Runnable changed) {
        return listeners.add(changed);
    }

    private DrainerWish stored(DrainerWish wish) {
        return new DrainerWish(
                wish.drainer(),
                wish.version(),
                wish.isPaused(),
                Storable.text(wish.actor()),
                Storable.text(wish.reason()),
                Storable.instant(clock.instant()));
    }
}

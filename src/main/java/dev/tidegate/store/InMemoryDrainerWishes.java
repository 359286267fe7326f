package dev.tidegate.store;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Operators' wishes in one process, beside {@link InMemoryCircuitStore}. Thread-safe. */
public final class InMemoryDrainerWishes implements DrainerWishes {
    private final InstantSource clock;
    private final Map<String, DrainerWish> wishes = new ConcurrentHashMap<>();

    public InMemoryDrainerWishes(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Map<String, DrainerWish> read() {
        return Map.copyOf(wishes);
    }

    @Override
    public boolean createIfAbsent(DrainerWish wish) {
        DrainerWish stored = new DrainerWish(
                wish.drainer(),
                wish.version(),
                wish.isPaused(),
                Storable.text(wish.actor()),
                Storable.text(wish.reason()),
                Storable.instant(clock.instant()));
        return wishes.putIfAbsent(wish.drainer(), stored) == null;
    }
}

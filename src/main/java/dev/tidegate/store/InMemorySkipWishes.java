package dev.tidegate.store;

import dev.tidegate.core.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operators' skips in one process, beside {@link InMemoryCircuitStore}. Thread-safe. */
public final class InMemorySkipWishes implements SkipWishes {
    private static final Duration KEPT = Duration.ofDays(1);

    private final InstantSource clock;
    private final WishListeners listeners = new WishListeners();
    // By place, in the order in which they were asked; guarded by itself.
    private final Map<String, SkipWish> wishes = new LinkedHashMap<>();

    public InMemorySkipWishes(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public boolean ask(SkipWish wish, Duration lasts) {
        Instant now = Storable.instant(clock.instant());
        synchronized (wishes) {
            wishes.values().removeIf(each -> each.expiresAt().plus(KEPT).isBefore(now));
            SkipWish before = wishes.get(wish.place());
            if (before != null && isOpen(before, now)) {
                return false;
            }
            wishes.remove(wish.place());
            wishes.put(wish.place(), wish.stored(now, now.plus(lasts)));
        }
        listeners.tell();
        return true;
    }

    private static boolean isOpen(SkipWish wish, Instant now) {
        return wish.state().isOpen() && wish.expiresAt().isAfter(now);
    }

    @Override
    public List<SkipWish> open() {
        Instant now = clock.instant();
        return all().stream().filter(wish -> isOpen(wish, now)).toList();
    }

    @Override
    public List<SkipWish> read(int limit) {
        List<SkipWish> newestFirst = new ArrayList<>(all());
        Collections.reverse(newestFirst);
        return newestFirst.stream().limit(limit).toList();
    }

    @Override
    public Optional<SkipWish> find(String id) {
        return all().stream().filter(wish -> wish.id().equals(id)).findFirst();
    }

    private List<SkipWish> all() {
        Instant now = clock.instant();
        synchronized (wishes) {
            return wishes.values().stream().map(wish -> seen(wish, now)).toList();
        }
    }

    private static SkipWish seen(SkipWish wish, Instant now) {
        boolean hasExpired =
                wish.state() == SkipWish.State.ASKED && !wish.expiresAt().isAfter(now);
        return hasExpired ? wish.told(SkipWish.State.EXPIRED, wish.outcome(), wish.instance()) : wish;
    }

    @Override
    public void tell(String id, SkipWish.State state, String outcome, String instance) {
        Instant now = clock.instant();
        synchronized (wishes) {
            wishes.replaceAll((place, wish) -> wish.id().equals(id) && isOpen(wish, now)
                    ? wish.told(state, Storable.text(outcome), Storable.text(instance))
                    : wish);
        }
    }

    @Override
    public Subscription listen(Runnable changed) {
        return listeners.add(changed);
    }
}

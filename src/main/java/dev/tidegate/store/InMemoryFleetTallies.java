package dev.tidegate.store;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tallies of the instances in one process, beside {@link InMemoryCircuitStore}. Thread-safe. */
public final class InMemoryFleetTallies implements FleetTallies {
    private record Key(CircuitName circuit, String instance) {}

    private record Kept(Tally tally, Instant end) {}

    private final InstantSource clock;
    private final Map<Key, Kept> tallies = new ConcurrentHashMap<>();

    public InMemoryFleetTallies(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void write(List<Tally> told, Duration lasts) {
        Instant now = clock.instant();
        tallies.values().removeIf(kept -> !kept.end().isAfter(now));
        told.forEach(
                tally -> tallies.put(new Key(tally.circuit(), tally.instance()), new Kept(tally, now.plus(lasts))));
    }

    @Override
    public List<Tally> read() {
        Instant now = clock.instant();
        return tallies.values().stream()
                .filter(kept -> kept.end().isAfter(now))
                .map(Kept::tally)
                .toList();
    }
}

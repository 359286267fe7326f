package dev.tidegate.store;

import dev.tidegate.core.Breaker;
import dev.tidegate.core.CircuitName;
import dev.tidegate.core.StoreException;
import dev.tidegate.core.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Adds up what all instances counted, for circuits with a failure ratio: where it is reached over the fleet, each instance
 * alone may be too lightly hit to see it. Nothing is written while nobody has failures. For one thread at a time.
 */
public final class FleetCount {
    private static final System.Logger LOG = System.getLogger(FleetCount.class.getName());
    // So that a tally outlives two exchanges that failed.
    private static final int INTERVALS_COUNTED = 3;

    private final String instance;
    private final FleetTallies tallies;
    private final Supplier<Collection<Breaker>> breakers;
    private final StoreOutage outage;
    private final Duration lasts;
    private Map<CircuitName, List<Tally>> seen = Map.of();

    /** @param interval between two exchanges */
    public FleetCount(
            String instance,
            FleetTallies tallies,
            Supplier<Collection<Breaker>> breakers,
            StoreOutage outage,
            Duration interval) {
        this.instance = instance;
        this.tallies = tallies;
        this.breakers = breakers;
        this.outage = outage;
        this.lasts = interval.multipliedBy(INTERVALS_COUNTED);
    }

    /** Tells what this instance counted, hears of the others, and lets the circuits judge the sums. Throws nothing. */
    public synchronized void exchange() {
        List<Breaker> counted = breakers.get().stream()
                .filter(breaker -> breaker.policy().failureRatio() != null)
                .toList();
        if (counted.isEmpty() || outage.isAway()) {
            seen = Map.of();
            return;
        }
        try {
            List<Tally> own = worthTelling(counted);
            if (!own.isEmpty()) {
                tallies.write(own, lasts);
            }
            seen = othersByCircuit(tallies.read());
        } catch (StoreException e) {
            // The poll tells of an outage; a count that is missed is made a moment later.
            LOG.log(System.Logger.Level.DEBUG, "the fleet's calls were not counted: {0}", e.getMessage());
            seen = Map.of();
            return;
        }
        counted.forEach(breaker -> breaker.countedElsewhere(seen.getOrDefault(breaker.name(), List.of())));
    }

    private List<Tally> worthTelling(List<Breaker> counted) {
        List<Tally> own = new ArrayList<>();
        for (Breaker breaker : counted) {
            Tally tally = breaker.tally();
            if (tally != null && tally.counts().calls() > 0 && isFailingSomewhere(tally)) {
                own.add(tally);
            }
        }
        return own;
    }

    private boolean isFailingSomewhere(Tally own) {
        return own.counts().failures() > 0
                || seen.getOrDefault(own.circuit(), List.of()).stream()
                        .anyMatch(other ->
                                other.epoch() == own.epoch() && other.counts().failures() > 0);
    }

    private Map<CircuitName, List<Tally>> othersByCircuit(List<Tally> all) {
        Map<CircuitName, List<Tally>> byCircuit = new TreeMap<>();
        for (Tally tally : all) {
            if (!tally.instance().equals(instance)) {
                byCircuit
                        .computeIfAbsent(tally.circuit(), name -> new ArrayList<>())
                        .add(tally);
            }
        }
        return byCircuit;
    }
}

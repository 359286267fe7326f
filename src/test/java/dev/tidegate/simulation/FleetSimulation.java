package dev.tidegate.simulation;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.RampUp;
import dev.tidegate.store.InMemoryCircuitStore;
import dev.tidegate.store.InMemoryFleetTallies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/**
 * Three to five instances, one store and one downstream in simulated time: seeded delays, lost answers, conflicts, outages,
 * freezes and deaths. After every step the invariants are checked; the first that does not hold is thrown with the seed.
 */
final class FleetSimulation {
    static final CircuitName ORDERS = new CircuitName("orders");
    private static final Duration CHAOS = Duration.ofSeconds(60);
    private static final Duration CALM = Duration.ofSeconds(30);

    private final long seed;
    private final Random random;
    private final SimulatedTime time = new SimulatedTime();
    private final InMemoryCircuitStore store = new InMemoryCircuitStore(time.ticker());
    private final InMemoryFleetTallies tallies = new InMemoryFleetTallies(time.ticker());
    private final SimulatedDownstream downstream;
    private final List<SimulatedInstance> instances = new ArrayList<>();
    private final List<Invariant> invariants = List.of(
            new EpochsHaveNoGap(), new OnlyAllowedEdges(), new AtMostProbesUnderTheLease(), new VersionsNeverGoBack());
    private final double faultRatio;
    private final CircuitPolicy policy;
    private int born;

    FleetSimulation(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.downstream = new SimulatedDownstream(random);
        this.faultRatio = random.nextDouble() * 0.5;
        this.policy = policy(random);
        int size = 3 + random.nextInt(3);
        for (int i = 0; i < size; i++) {
            bear();
        }
    }

    // One to three probes at once, one to three successes and few neutral answers to close; with and without a ramp-up.
    private static CircuitPolicy policy(Random random) {
        int probes = 1 + random.nextInt(3);
        int successes = 1 + random.nextInt(3);
        int neutral = 3 + random.nextInt(8);
        CircuitPolicy plain = new CircuitPolicy(
                3,
                0.5,
                Duration.ofMinutes(1),
                2,
                Duration.ofSeconds(1),
                2,
                Duration.ofSeconds(4),
                probes,
                successes,
                neutral,
                Duration.ofSeconds(1),
                Duration.ofSeconds(4));
        return random.nextBoolean() ? plain : plain.withRampUp(new RampUp(Duration.ofSeconds(5), 3));
    }

    private void bear() {
        String name = "i" + born++;
        instances.add(new SimulatedInstance(name, policy, time, random, store, tallies, downstream, faultRatio));
    }

    /** The simulated world as invariants see it. */
    record World(
            CircuitRecord row,
            InMemoryCircuitStore store,
            List<SimulatedInstance> instances,
            CircuitPolicy policy,
            long now) {}

    /** Random faults, then a well downstream and a well store: safety in both, liveness after. */
    void run() {
        time.after(0, this::disturb);
        time.runFor(CHAOS, this::check);
        downstream.healForGood();
        instances.forEach(instance -> instance.way.heal());
        time.runFor(CALM, this::check);
        for (SimulatedInstance instance : instances) {
            if (!instance.isDead() && !instance.isClosed()) {
                throw new AssertionError("seed " + seed + ": " + instance.name + " is not closed " + CALM
                        + " after all faults ended: " + instance.snapshot() + ", the row is " + row());
            }
        }
    }

    private void disturb() {
        if (downstream.isHealthyForGood()) {
            return;
        }
        SimulatedInstance one = instances.get(random.nextInt(instances.size()));
        switch (random.nextInt(8)) {
            case 0 -> one.freeze(random.nextInt(10_000));
            case 1, 2 -> one.way.away(random.nextBoolean());
            case 3 -> {
                if (instances.size() < 12) {
                    one.kill();
                    bear();
                }
            }
            default -> downstream.changeMind();
        }
        time.after(random.nextInt(2_000) * 1_000_000L, this::disturb);
    }

    private void check() {
        World world = new World(row(), store, instances, policy, time.now());
        for (Invariant invariant : invariants) {
            String violation = invariant.violationIn(world);
            if (!violation.isEmpty()) {
                throw new AssertionError(
                        "seed " + seed + ", " + invariant.getClass().getSimpleName() + ": " + violation);
            }
        }
    }

    private CircuitRecord row() {
        store.create(Set.of(ORDERS));
        return Objects.requireNonNull(store.read().records().get(ORDERS));
    }
}

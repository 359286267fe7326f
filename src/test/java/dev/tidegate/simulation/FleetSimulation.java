package dev.tidegate.simulation;

import dev.tidegate.core.AutomaticState;
import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.RampUp;
import dev.tidegate.store.InMemoryFleetTallies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Three to five instances, one store, one downstream and one operator in simulated time: seeded delays, lost answers,
 * commits in limbo, conflicts, outages, freezes, deaths, overrides, resets and restored backups. After every step the
 * invariants are checked; the first that does not hold is thrown with the seed.
 */
final class FleetSimulation {
    static final CircuitName ORDERS = new CircuitName("orders");
    private static final Duration CHAOS = Duration.ofSeconds(60);
    private static final Duration CALM = Duration.ofSeconds(30);
    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(20);

    private final long seed;
    private final Mode mode;
    private final Random random;
    private final SimulatedTime time = new SimulatedTime();
    private final RestorableStore store = new RestorableStore(time.ticker());
    private final InMemoryFleetTallies tallies = new InMemoryFleetTallies(time.ticker());
    private final SimulatedDownstream downstream;
    private final SimulatedOperator operator;
    private final List<SimulatedInstance> instances = new ArrayList<>();
    private final List<Invariant> invariants = List.of(
            new EpochsHaveNoGap(),
            new OnlyAllowedEdges(),
            new HistoryTellsTheRow(),
            new NothingIsWrittenTwice(),
            new StaleDecisionsWriteNothing(),
            new AtMostProbesUnderTheLease(),
            new VersionsNeverGoBack(),
            new NothingMovesWhileIsolated(),
            new IsolationDropsWhatIsPending(),
            new NobodyCallsWhileIsolated(),
            new OverridesEndOnTime(),
            new OperatorsAreToldTheTruth());
    private final double faultRatio;
    private final CircuitPolicy policy;
    private final @Nullable Ailment ailment;
    private int born;
    private long lastClosed;

    /** What is looked for. */
    enum Mode {
        /** Everything fails at random, then all is well: nothing forbidden happens, and everybody is closed again. */
        SAFETY,
        /** As before, and one instance is bad for ever: the others are closed again all the same. */
        LIVENESS
    }

    FleetSimulation(long seed, Mode mode) {
        this.seed = seed;
        this.mode = mode;
        this.random = new Random(seed);
        this.downstream = new SimulatedDownstream(random);
        this.operator = new SimulatedOperator(random);
        this.faultRatio = random.nextDouble() * 0.5;
        this.policy = policy(random);
        Ailment[] ailments = Ailment.values();
        this.ailment = mode == Mode.LIVENESS ? ailments[random.nextInt(ailments.length)] : null;
        int size = 3 + random.nextInt(3);
        for (int i = 0; i < size; i++) {
            bear();
        }
        if (ailment != null) {
            instances.get(0).fallIll(ailment);
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
        UnreliableStore way = new UnreliableStore(
                store, time, random, faultRatio, () -> operator.isolate(store, store.row(), storeNow()));
        instances.add(new SimulatedInstance("i" + born++, policy, time, random, way, tallies, downstream));
    }

    private Instant storeNow() {
        return time.ticker().instant();
    }

    /**
     * The world as invariants see it.
     *
     * @param written what was written in this step
     * @param time the store's
     */
    record World(
            CircuitRecord row,
            RestorableStore store,
            List<RestorableStore.Written> written,
            List<SimulatedOperator.Told> told,
            List<SimulatedInstance> instances,
            CircuitPolicy policy,
            long now,
            Instant time) {}

    /** Random faults, then a well downstream and a well store: safety in both, liveness after. */
    void run() {
        time.after(0, this::disturb);
        time.runFor(CHAOS, this::check);
        downstream.healForGood();
        instances.forEach(instance -> instance.way.heal());
        // Not before the last commit in limbo has landed.
        time.after(Duration.ofSeconds(4).toNanos(), () -> operator.release(store, store.row()));
        lastClosed = time.now();
        time.runFor(CALM, this::checkCalm);
        if (ailment == Ailment.ALWAYS_FAILS) {
            // It trips the circuit again and again: that the circuit closes each time was checked on the way.
            return;
        }
        for (SimulatedInstance instance : instances) {
            if (!instance.isDead() && !instance.isIllForGood() && !instance.isClosed()) {
                throw failed(instance.name + " is not closed " + CALM + " after all faults ended: "
                        + instance.snapshot() + ", the row is " + store.row());
            }
        }
    }

    private void disturb() {
        if (downstream.isHealthyForGood()) {
            return;
        }
        SimulatedInstance one = instances.get(random.nextInt(instances.size()));
        switch (random.nextInt(20)) {
            case 0, 1 -> one.freeze(random.nextInt(10_000));
            case 2, 3, 4, 5 -> one.way.away(random.nextBoolean());
            case 6, 7 -> {
                if (instances.size() < 12 && !one.isIll()) {
                    one.kill();
                    bear();
                }
            }
            case 8, 9, 10, 11, 12 -> {
                if (!one.isDead() && !one.isFrozen()) {
                    operator.act(one, store, storeNow());
                }
            }
            case 13 -> {
                if (random.nextInt(4) == 0) {
                    store.setBack(1 + random.nextInt(12));
                }
            }
            case 14 -> {
                boolean isAway = random.nextBoolean();
                instances.forEach(each -> each.way.away(isAway));
            }
            default -> downstream.changeMind();
        }
        time.after(random.nextInt(2_000) * 1_000_000L, this::disturb);
    }

    private void checkCalm() {
        check();
        if (store.row().state() == AutomaticState.CLOSED) {
            lastClosed = time.now();
        }
        if (time.now() - lastClosed > LONGEST_RECOVERY.toNanos()) {
            throw failed("no sign of recovery within " + LONGEST_RECOVERY + ", the row is " + store.row());
        }
    }

    private void check() {
        World world = new World(
                store.row(), store, store.takeWritten(), operator.told(), instances, policy, time.now(), storeNow());
        for (Invariant invariant : invariants) {
            String violation = invariant.violationIn(world);
            if (!violation.isEmpty()) {
                throw failed(invariant.getClass().getSimpleName() + ": " + violation);
            }
        }
    }

    private AssertionError failed(String why) {
        return new AssertionError("seed " + seed + " in mode " + mode
                + (ailment == null ? "" : " (" + instances.get(0).name + " " + ailment + ")") + ", " + why);
    }
}

package dev.tidegate.simulation;

import dev.tidegate.core.Breaker;
import dev.tidegate.core.CircuitListener;
import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Decision;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.core.Failure;
import dev.tidegate.core.Permit;
import dev.tidegate.core.Snapshot;
import dev.tidegate.store.FleetCount;
import dev.tidegate.store.FleetTallies;
import dev.tidegate.store.StoreLink;
import dev.tidegate.store.StoreOutage;
import dev.tidegate.store.StoreSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** One instance of the simulated fleet: a breaker, its link, callers, and what can go wrong with it. */
final class SimulatedInstance {
    private static final long MILLI = 1_000_000L;
    private static final Duration TALLIES = Duration.ofSeconds(1);
    // Never runs a task: the simulation itself calls what a poll would.
    static final ScheduledExecutorService IDLE = Executors.newSingleThreadScheduledExecutor();

    final String name;
    final UnreliableStore way;
    final List<Call> calls = new ArrayList<>();
    private final CircuitPolicy policy;
    private final SimulatedTime time;
    private final Random random;
    private final SimulatedDownstream downstream;
    private final StoreSettings settings = StoreSettings.DEFAULTS;
    private final StoreLink link;
    private final Breaker breaker;
    private final FleetCount count;
    private long frozenUntil;
    private boolean isDead;
    private @Nullable Ailment ailment;
    private CircuitRecord seen;
    private String violation = "";
    private String callsWhileIsolated = "";

    /** A guarded call that is on its way. */
    record Call(Permit.Granted permit, long start, long end, boolean isLocal) {}

    SimulatedInstance(
            String name,
            CircuitPolicy policy,
            SimulatedTime time,
            Random random,
            UnreliableStore way,
            FleetTallies tallies,
            SimulatedDownstream downstream) {
        this.name = name;
        this.policy = policy;
        this.time = time;
        this.random = random;
        this.downstream = downstream;
        this.way = way;
        StoreOutage outage = new StoreOutage(time.ticker(), new StoreOutage.Listener() {
            @Override
            public void storeWentAway(String why) {}

            @Override
            public void storeCameBack(Duration away) {}
        });
        this.link = new StoreLink(way, settings, time.ticker(), task -> later(random.nextInt(20), task), IDLE, outage);
        this.breaker = new Breaker(
                FleetSimulation.ORDERS,
                name,
                policy,
                settings.pollInterval(),
                time.ticker(),
                random,
                () -> Long.toHexString(random.nextLong()),
                (decision, answer) ->
                        link.submit(decision, answered -> later(random.nextInt(20), () -> answer.accept(answered))),
                new VersionWatch());
        this.seen = breaker.snapshot().record();
        link.attach(breaker);
        this.count = new FleetCount(name, tallies, link::breakers, outage, TALLIES);
        poll();
        tell();
        call();
    }

    private final class VersionWatch implements CircuitListener {
        @Override
        public void changed(Snapshot before, Snapshot after) {
            CircuitRecord next = after.record();
            boolean isSameEpoch = next.epoch() == seen.epoch();
            boolean isBack = next.epoch() < seen.epoch()
                    || (isSameEpoch && !next.fence().equals(seen.fence()))
                    || (next.version() < seen.version() && (isSameEpoch || !way.wasSetBack()));
            if (isBack) {
                violation = name + " saw " + next + " after " + seen;
            }
            seen = next;
        }

        @Override
        public void committed(Decision decision, CircuitRecord row) {}
    }

    // What would happen while the process is frozen happens when it goes on; after its death it never does.
    private void later(long millis, Runnable task) {
        time.after(millis * MILLI, () -> {
            if (isDead) {
                return;
            }
            if (time.now() < frozenUntil) {
                time.after(frozenUntil - time.now(), task);
                return;
            }
            task.run();
        });
    }

    private void poll() {
        link.readNow();
        later(settings.pollInterval().toMillis(), this::poll);
    }

    private void tell() {
        count.exchange();
        later(TALLIES.toMillis(), this::tell);
    }

    private void call() {
        Permit permit = breaker.tryAcquire();
        if (permit instanceof Permit.Granted && breaker.state() == EffectiveState.ISOLATED) {
            callsWhileIsolated = name + " let a call through at " + time.now() + " while isolated";
        }
        if (permit instanceof Permit.Granted granted) {
            long lasts = 1L + random.nextInt((int) policy.callTimeout().toMillis());
            boolean isLocal = breaker.snapshot().step() > 0;
            Call call = new Call(granted, time.now(), time.now() + lasts * MILLI, isLocal);
            calls.add(call);
            later(lasts, () -> settle(call));
        }
        later(20 + random.nextInt(400), this::call);
    }

    private void settle(Call call) {
        calls.remove(call);
        int fate = random.nextInt(40);
        boolean isLeaked = fate == 0 && !downstream.isHealthyForGood();
        if (isLeaked || ailment == Ailment.LEAKS_PERMITS) {
            return;
        }
        if (fate == 1 || ailment == Ailment.REACHES_NOTHING) {
            call.permit().release();
        } else if (fate == 2) {
            call.permit().neutral();
        } else if (downstream.answers() && ailment != Ailment.ALWAYS_FAILS) {
            call.permit().success();
        } else {
            call.permit().failure(new Failure("503"));
        }
    }

    /** Is bad from now on, for ever. */
    void fallIll(Ailment with) {
        ailment = with;
        if (with == Ailment.CUT_OFF) {
            way.cutOff();
        }
        if (with == Ailment.FROZEN) {
            freeze(Duration.ofDays(1).toMillis());
        }
    }

    boolean isIll() {
        return ailment != null;
    }

    /** Whether it cannot be asked for more than its own state allows: it neither runs nor hears anything back. */
    boolean isIllForGood() {
        return ailment == Ailment.FROZEN || ailment == Ailment.ALWAYS_FAILS;
    }

    /** Carries out an operator's change, as the API of this instance would. */
    StoreLink.Carried operate(Decision change) {
        return link.carryOutNow(change);
    }

    void freeze(long millis) {
        frozenUntil = Math.max(frozenUntil, time.now() + millis * MILLI);
    }

    void kill() {
        isDead = true;
    }

    boolean isDead() {
        return isDead;
    }

    boolean isFrozen() {
        return time.now() < frozenUntil;
    }

    EffectiveState state() {
        return breaker.state();
    }

    boolean isClosed() {
        return state() == EffectiveState.CLOSED;
    }

    Snapshot snapshot() {
        return breaker.snapshot();
    }

    String violation() {
        return violation;
    }

    String callsWhileIsolated() {
        return callsWhileIsolated;
    }
}

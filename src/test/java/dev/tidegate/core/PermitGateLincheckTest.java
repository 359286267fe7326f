package dev.tidegate.core;

import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * What gives permits, under every interleaving that Lincheck's model checker comes to: who gets one and who is refused must
 * be what some order of the calls one after the other would give. No answer of the store arrives meanwhile.
 */
class PermitGateLincheckTest {
    private static void check(Class<?> subject) {
        new ModelCheckingOptions()
                .iterations(10)
                .invocationsPerIteration(150)
                .threads(2)
                .actorsPerThread(4)
                .actorsBefore(0)
                .actorsAfter(1)
                .loopBound(1_000)
                .check(subject);
    }

    @Test
    void a_closed_circuit_whose_first_failure_trips_refuses_from_then_on() {
        check(ClosedCircuit.class);
    }

    @Test
    void a_half_open_circuit_hands_out_as_many_probes_as_it_may() {
        check(HalfOpenCircuit.class);
    }

    @Test
    void a_ramp_up_lets_in_as_many_calls_as_it_has_room_for() {
        check(RampUpOfTwo.class);
    }

    /** Each thread holds at most one permit. */
    abstract static class Gates {
        static final CircuitName ORDERS = new CircuitName("orders");
        final AtomicReferenceArray<Permit> held = new AtomicReferenceArray<>(10);
        final Queue<Decision> submitted = new ConcurrentLinkedQueue<>();
        final Breaker breaker;
        long nanos;

        Gates(int probes) {
            int[] tokens = new int[1];
            breaker = new Breaker(
                    ORDERS,
                    "a",
                    policy(probes),
                    Duration.ofSeconds(1),
                    () -> nanos,
                    new Random(1),
                    () -> "token" + tokens[0]++,
                    (decision, answer) -> submitted.add(decision),
                    new Deaf());
        }

        private static CircuitPolicy policy(int probes) {
            Duration second = Duration.ofSeconds(1);
            Duration call = Duration.ofSeconds(5);
            return new CircuitPolicy(1, null, second, 1, second, 1, second, probes, 3, 10, call, call.multipliedBy(2));
        }

        final String enter(int thread) {
            if (held.get(thread) != null) {
                return "has one";
            }
            Permit permit = breaker.tryAcquire();
            if (permit instanceof Permit.Refused refused) {
                return refused.reason().name();
            }
            held.set(thread, permit);
            return "granted";
        }

        final Permit.Granted take(int thread) {
            return (Permit.Granted) held.getAndSet(thread, null);
        }

        final void checkSubmitted(Class<? extends Decision> kind) {
            if (submitted.stream().filter(kind::isInstance).count() > 1) {
                throw new AssertionError("submitted more than once: " + submitted);
            }
        }
    }

    private static final class Deaf implements CircuitListener {
        @Override
        public void changed(Snapshot before, Snapshot after) {}

        @Override
        public void committed(Decision decision, CircuitRecord row) {}
    }

    public static class ClosedCircuit extends Gates {
        public ClosedCircuit() {
            this(1);
        }

        ClosedCircuit(int probes) {
            super(probes);
        }

        @Operation
        public String acquire(@Param(gen = ThreadIdGen.class) int thread) {
            return enter(thread);
        }

        @Operation
        public void success(@Param(gen = ThreadIdGen.class) int thread) {
            Permit.Granted permit = take(thread);
            if (permit != null) {
                permit.success();
            }
        }

        @Operation
        public void failure(@Param(gen = ThreadIdGen.class) int thread) {
            Permit.Granted permit = take(thread);
            if (permit != null) {
                permit.failure(new Failure("down"));
            }
        }

        @Validate
        public void tripsOnce() {
            checkSubmitted(Decision.Trip.class);
        }
    }

    /** The store is away, so the round is this instance's alone: two probes at once, two more successes close. */
    public static class HalfOpenCircuit extends ClosedCircuit {
        public HalfOpenCircuit() {
            super(2);
            breaker.storeAway();
            acquire(0);
            failure(0);
            nanos = Duration.ofSeconds(2).toNanos();
            acquire(0);
            success(0);
        }

        @Operation
        public void neutral(@Param(gen = ThreadIdGen.class) int thread) {
            Permit.Granted permit = take(thread);
            if (permit != null) {
                permit.neutral();
            }
        }

        @Override
        public void tripsOnce() {}
    }

    public static class RampUpOfTwo {
        private final Ramp ramp = new Ramp(new RampUp(Duration.ofNanos(100), 3), 0);

        @Operation
        public boolean enter() {
            return ramp.enter(50);
        }

        @Operation
        public void leave() {
            ramp.leave();
        }
    }
}

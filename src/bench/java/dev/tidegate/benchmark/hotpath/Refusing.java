package dev.tidegate.benchmark.hotpath;

import dev.failsafe.CircuitBreaker;
import dev.tidegate.core.Failure;
import dev.tidegate.core.Permit;
import dev.tidegate.guard.Circuit;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.smallrye.faulttolerance.core.FaultToleranceContext;
import io.smallrye.faulttolerance.core.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An open circuit: being refused, without an exception where the peer can do without one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Refusing {
    private final OneFleet fleet = new OneFleet();
    private final Circuit open = tripped(fleet.circuit(OneFleet.POLICY));
    private final io.github.resilience4j.circuitbreaker.CircuitBreaker r4j =
            Peers.resilience4j(SlidingWindowType.TIME_BASED, 60);
    private final CircuitBreaker<Object> failsafe = Peers.failsafe();
    private final io.smallrye.faulttolerance.core.circuit.breaker.CircuitBreaker<String> smallrye = Peers.smallrye();

    public Refusing() {
        r4j.transitionToOpenState();
        failsafe.open();
        for (int i = 0; i < Peers.CALLS; i++) {
            smallrye.apply(new FaultToleranceContext<>(() -> Future.ofError(new IOException("down")), true));
        }
    }

    private static Circuit tripped(Circuit circuit) {
        while (circuit.tryAcquire() instanceof Permit.Granted granted) {
            granted.failure(new Failure("down"));
        }
        return circuit;
    }

    @TearDown
    public void close() {
        fleet.close();
    }

    @Benchmark
    public boolean tidegateRefused() {
        return open.acquire() instanceof Permit.Granted;
    }

    @Benchmark
    public boolean resilience4jTryAcquire() {
        return r4j.tryAcquirePermission();
    }

    @Benchmark
    public boolean failsafeTryAcquire() {
        return failsafe.tryAcquirePermit();
    }

    @Benchmark
    public Object smallryeRefused() {
        return smallrye.apply(new FaultToleranceContext<>(() -> Future.of("done"), true));
    }
}

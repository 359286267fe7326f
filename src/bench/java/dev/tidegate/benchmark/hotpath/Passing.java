package dev.tidegate.benchmark.hotpath;

import dev.failsafe.CircuitBreaker;
import dev.tidegate.core.Permit;
import dev.tidegate.core.SlowCalls;
import dev.tidegate.guard.Circuit;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.smallrye.faulttolerance.core.FaultToleranceContext;
import io.smallrye.faulttolerance.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A closed circuit: getting the permit and settling it as a success, without the call between. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Passing {
    private final OneFleet fleet = new OneFleet();
    private final Circuit untimed = fleet.circuit(OneFleet.POLICY);
    private final Circuit timed =
            fleet.circuit(OneFleet.POLICY.withSlowCalls(new SlowCalls(Duration.ofSeconds(60), 1)));
    private final Circuit lastCalls = fleet.circuit(OneFleet.POLICY.withSamplingCalls(100));
    private final io.github.resilience4j.circuitbreaker.CircuitBreaker r4jTime =
            Peers.resilience4j(SlidingWindowType.TIME_BASED, 60);
    private final io.github.resilience4j.circuitbreaker.CircuitBreaker r4jCount =
            Peers.resilience4j(SlidingWindowType.COUNT_BASED, CircuitBreakerConfig.DEFAULT_SLIDING_WINDOW_SIZE);
    private final CircuitBreaker<Object> failsafe = Peers.failsafe();
    private final io.smallrye.faulttolerance.core.circuit.breaker.CircuitBreaker<String> smallrye = Peers.smallrye();

    @TearDown
    public void close() {
        fleet.close();
    }

    @Benchmark
    public void tidegateUntimed() {
        if (untimed.acquire() instanceof Permit.Granted granted) {
            granted.success();
        }
    }

    @Benchmark
    public void tidegateTimed() {
        if (timed.acquire() instanceof Permit.Granted granted) {
            long began = granted.isTimed() ? timed.ticker().nanos() : 0;
            granted.success(timed.ticker().nanos() - began);
        }
    }

    @Benchmark
    public void tidegateLastCalls() {
        if (lastCalls.acquire() instanceof Permit.Granted granted) {
            granted.success();
        }
    }

    @Benchmark
    public void resilience4jTime() {
        if (r4jTime.tryAcquirePermission()) {
            long began = r4jTime.getCurrentTimestamp();
            r4jTime.onSuccess(r4jTime.getCurrentTimestamp() - began, r4jTime.getTimestampUnit());
        }
    }

    @Benchmark
    public void resilience4jCount() {
        if (r4jCount.tryAcquirePermission()) {
            long began = r4jCount.getCurrentTimestamp();
            r4jCount.onSuccess(r4jCount.getCurrentTimestamp() - began, r4jCount.getTimestampUnit());
        }
    }

    @Benchmark
    public void failsafeTime() {
        if (failsafe.tryAcquirePermit()) {
            failsafe.recordSuccess();
        }
    }

    @Benchmark
    public Object smallryeCount() {
        // A future tells one listener only, so each call needs one of its own.
        return smallrye.apply(new FaultToleranceContext<>(() -> Future.of("done"), true));
    }
}

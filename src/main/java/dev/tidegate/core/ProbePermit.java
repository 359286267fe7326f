package dev.tidegate.core;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The tracked permit of one probe: the first settlement counts, any other is ignored. */
final class ProbePermit implements Permit.Granted {
    /** How a probe ended. */
    enum Result {
        SUCCESS,
        FAILURE,
        NEUTRAL,
        INCONCLUSIVE
    }

    private final Breaker breaker;
    private final Round round;
    private final long epoch;
    private final AtomicBoolean settled = new AtomicBoolean();

    ProbePermit(Breaker breaker, Round round, long epoch) {
        this.breaker = breaker;
        this.round = round;
        this.epoch = epoch;
    }

    private void settle(Result result, @Nullable Failure failure) {
        if (settled.compareAndSet(false, true)) {
            breaker.settleProbe(round, result, failure);
        }
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public void success() {
        settle(Result.SUCCESS, null);
    }

    // What trips a circuit when it is closed must not close it when it is half-open.
    @Override
    public void success(long nanos) {
        if (!breaker.policy().isSlow(nanos)) {
            success();
            return;
        }
        breaker.counters().slows.increment();
        settle(Result.FAILURE, new Failure("the probe was answered, but too slowly: after " + Duration.ofNanos(nanos)));
    }

    @Override
    public void failure(Failure failure) {
        settle(Result.FAILURE, failure);
    }

    @Override
    public void failure(Failure failure, long nanos) {
        if (breaker.policy().isSlow(nanos)) {
            breaker.counters().slows.increment();
        }
        failure(failure);
    }

    @Override
    public void neutral() {
        settle(Result.NEUTRAL, null);
    }

    @Override
    public void release() {
        settle(Result.INCONCLUSIVE, null);
    }

    @Override
    public boolean isProbe() {
        return true;
    }

    @Override
    public boolean isTimed() {
        return breaker.policy().slowCalls() != null;
    }
}

package dev.tidegate.core;

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

    @Override
    public void success(long nanos) {
        success();
    }

    @Override
    public void failure(Failure failure) {
        settle(Result.FAILURE, failure);
    }

    @Override
    public void failure(Failure failure, long nanos) {
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
}

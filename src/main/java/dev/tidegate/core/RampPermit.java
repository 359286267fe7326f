package dev.tidegate.core;

import java.util.concurrent.atomic.AtomicBoolean;

/** A closed circuit's permit that holds a place of the ramp-up until it is settled. */
final class RampPermit implements Permit.Granted {
    private final ClosedGate closed;
    private final Ramp ramp;
    private final AtomicBoolean settled = new AtomicBoolean();

    RampPermit(ClosedGate closed, Ramp ramp) {
        this.closed = closed;
        this.ramp = ramp;
    }

    private boolean leave() {
        if (!settled.compareAndSet(false, true)) {
            return false;
        }
        ramp.leave();
        return true;
    }

    @Override
    public long epoch() {
        return closed.epoch();
    }

    @Override
    public void success() {
        if (leave()) {
            closed.success();
        }
    }

    @Override
    public void success(long nanos) {
        if (leave()) {
            closed.success(nanos);
        }
    }

    @Override
    public void failure(Failure failure) {
        if (leave()) {
            closed.failure(failure);
        }
    }

    @Override
    public void failure(Failure failure, long nanos) {
        if (leave()) {
            closed.failure(failure, nanos);
        }
    }

    @Override
    public void neutral() {
        if (leave()) {
            closed.neutral();
        }
    }

    @Override
    public void release() {
        if (leave()) {
            closed.release();
        }
    }

    @Override
    public boolean isProbe() {
        return false;
    }

    @Override
    public boolean isTimed() {
        return closed.isTimed();
    }
}

package dev.tidegate.peer;

import io.smallrye.faulttolerance.core.timer.Timer;
import io.smallrye.faulttolerance.core.timer.TimerTask;
import java.util.concurrent.Executor;

/** Where time is the test's, or none is needed: nothing that is scheduled ever runs. */
public final class NoTimer implements Timer {
    @Override
    public int getId() {
        return 0;
    }

    @Override
    public TimerTask schedule(long delayInMillis, Runnable task) {
        return new TimerTask() {
            @Override
            public boolean isDone() {
                return false;
            }

            @Override
            public boolean cancel() {
                return true;
            }
        };
    }

    @Override
    public TimerTask schedule(long delayInMillis, Runnable task, Executor executor) {
        return schedule(delayInMillis, task);
    }

    @Override
    public int countScheduledTasks() {
        return 0;
    }

    @Override
    public void shutdown() {}
}

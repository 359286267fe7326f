package dev.tidegate.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has been started, ended in the opposite order.
 *
 * <p>Thread-safe. Starting and ending exclude each other: an interrupt in the middle of a start waits for it, and
 * nothing is started afterwards, so no child can slip through.
 */
final class Parts implements AutoCloseable {
    interface Start<T extends AutoCloseable> {
        T start() throws Exception;
    }

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Progress progress;
    private volatile boolean closing;

    Parts(Progress progress) {
        this.progress = progress;
    }

    /** @throws DemoFailure if the start fails or the demo is being ended */
    synchronized <T extends AutoCloseable> T start(String what, Start<T> start) {
        T part = startWithin(what, start);
        started.push(part);
        return part;
    }

    /** Starts a member of a part that is started already and will end it. */
    synchronized <T extends AutoCloseable> T startWithin(String what, Start<T> start) {
        if (closing) {
            throw new DemoFailure("Stopped before " + what + " was started");
        }
        try {
            return start.start();
        } catch (DemoFailure e) {
            throw e;
        } catch (Exception e) {
            throw new DemoFailure(what + " did not start", e);
        }
    }

    boolean isClosing() {
        return closing;
    }

    @Override
    public void close() {
        closing = true;
        synchronized (this) {
            if (started.isEmpty()) {
                return;
            }
            progress.step("stopping everything");
            while (!started.isEmpty()) {
                closeOne(started.pop());
            }
            progress.step("stopped, nothing is left running");
        }
    }

    private void closeOne(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            // The others must be ended all the same.
            progress.step("could not stop " + part + ": " + e);
        }
    }
}

package dev.tidegate.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Waits until a child serves, and tells why if it never does. */
final class Readiness {
    private final Waiting waiting;
    private final Duration bound;

    Readiness(Waiting waiting, Duration bound) {
        this.waiting = waiting;
        this.bound = bound;
    }

    /** @throws DemoFailure with the end of the child's log if it ends or the bound passes */
    void await(Child child, BooleanSupplier serving) throws InterruptedException {
        boolean settled = waiting.until(child.toString(), bound, () -> !child.isAlive() || serving.getAsBoolean());
        if (!child.isAlive()) {
            throw failure(child, "ended with code " + child.exitCode() + " instead of starting");
        }
        if (!settled) {
            throw failure(child, "did not start within " + bound.toSeconds() + " s");
        }
    }

    /** The same for a server, whose application may fail while the server stays up. */
    void await(LibertyServer server) throws InterruptedException {
        Child child = server.child();
        ChildLog log = new ChildLog(child.log());
        await(child, () -> server.answers("health/started") || log.hopeless().isPresent());
        Optional<String> hopeless = log.hopeless();
        if (hopeless.isPresent()) {
            throw failure(child, "runs, but its application did not start: " + hopeless.get());
        }
        boolean ready =
                waiting.until(child + " to be ready", bound, () -> !child.isAlive() || server.answers("health/ready"));
        if (!ready || !child.isAlive()) {
            throw failure(child, "started, but did not become ready; " + server.shown("health"));
        }
    }

    private static DemoFailure failure(Child child, String what) {
        return new DemoFailure(child + " " + what + System.lineSeparator() + new ChildLog(child.log()).tail());
    }
}

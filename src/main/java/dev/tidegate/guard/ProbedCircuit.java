package dev.tidegate.guard;

import dev.tidegate.core.Failure;
import dev.tidegate.core.Permit;
import dev.tidegate.core.Ticker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The health probes of one circuit on this instance: at most one at a time. */
final class ProbedCircuit {
    private final Circuit circuit;
    private final HealthProber.Plan plan;
    private final Ticker ticker;
    private final Duration grace;
    private final AtomicBoolean isUnderWay = new AtomicBoolean();
    private volatile long notBeforeNanos;
    private @Nullable Long waitingSinceNanos;

    ProbedCircuit(Circuit circuit, HealthProber.Plan plan, Ticker ticker, Duration grace) {
        this.circuit = circuit;
        this.plan = plan;
        this.ticker = ticker;
        this.grace = grace;
        this.notBeforeNanos = ticker.nanos();
    }

    void tick() {
        long now = ticker.nanos();
        if (!circuit.mayProbe()) {
            waitingSinceNanos = null;
            return;
        }
        if (waitingSinceNanos == null) {
            waitingSinceNanos = now;
        }
        boolean isDue = now - waitingSinceNanos >= grace.toNanos() && now - notBeforeNanos >= 0;
        if (isDue && isUnderWay.compareAndSet(false, true)) {
            waitingSinceNanos = null;
            CompletionStage<Void> unused = circuit.acquireAsync().thenAccept(this::use);
        }
    }

    private void use(Permit permit) {
        if (permit instanceof Permit.Granted granted && granted.isProbe()) {
            probe(granted);
            return;
        }
        if (permit instanceof Permit.Granted closedMeanwhile) {
            closedMeanwhile.release();
        }
        isUnderWay.set(false);
    }

    private void probe(Permit.Granted permit) {
        long startedNanos = ticker.nanos();
        CompletionStage<Boolean> answer;
        try {
            answer = Objects.requireNonNull(plan.probe().isHealthy(), "the health probe answered null");
        } catch (RuntimeException | Error e) {
            // Whatever it threw: without an end nobody would be asked again.
            ended(permit, false, e, 0);
            return;
        }
        CompletionStage<Void> unused = answer.thenApply(Boolean.TRUE::equals)
                .toCompletableFuture()
                .orTimeout(circuit.policy().callTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .handle((isHealthy, error) -> {
                    ended(permit, error == null && isHealthy, error, ticker.nanos() - startedNanos);
                    return null;
                });
    }

    private void ended(Permit.Granted permit, boolean isHealthy, @Nullable Throwable error, long nanos) {
        notBeforeNanos = ticker.nanos() + plan.interval().toNanos();
        isUnderWay.set(false);
        if (isHealthy) {
            permit.success(nanos);
        } else if (error == null) {
            permit.failure(new Failure("the health probe says that it is not well"), nanos);
        } else {
            permit.failure(Failure.of(error), nanos);
        }
    }
}

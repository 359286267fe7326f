package dev.tidegate.guard;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Decision;
import dev.tidegate.core.Submission;
import dev.tidegate.store.StoreLink;
import java.util.function.Supplier;

/**
 * Carries out what operators want of circuits: one write, on the caller's thread, which waits for the store. Nothing is in
 * force before it is written. Thread-safe.
 */
public final class CircuitOperator {
    private final String instance;
    private final Circuits circuits;
    private final StoreLink link;
    private final Supplier<String> tokens;

    /** @param tokens yields a random token that no one else makes */
    public CircuitOperator(String instance, Circuits circuits, StoreLink link, Supplier<String> tokens) {
        this.instance = instance;
        this.circuits = circuits;
        this.link = link;
        this.tokens = tokens;
    }

    /**
     * Carries out that change, once; never over another operator's that came first.
     *
     * @throws IllegalArgumentException if this instance uses no circuit of that name
     */
    public OperatorAnswer carryOut(OperatorChange change) {
        CircuitRecord seen = seen(change.circuit());
        Decision decision = decision(change, seen);
        StoreLink.Carried carried = link.carryOutNow(decision);
        if (!carried.wasSent()) {
            return new OperatorAnswer.NotDone(
                    "the store is away: " + link.outage().why() + "; nothing was changed");
        }
        Submission answer = carried.answer();
        if (answer instanceof Submission.Applied applied) {
            TransitionLog.committed(decision, applied.row());
            return new OperatorAnswer.Done(applied.row());
        }
        if (answer instanceof Submission.Lost lost) {
            return new OperatorAnswer.Outdated(lost.row(), lost.why());
        }
        return answer instanceof Submission.Deferred
                ? new OperatorAnswer.NotDone("circuit " + change.circuit()
                        + " is written by others all the time; nothing was changed, try again")
                : new OperatorAnswer.NotKnown("the store did not answer, so nobody knows whether circuit "
                        + change.circuit() + " was changed; look before you try again");
    }

    private CircuitRecord seen(CircuitName circuit) {
        return circuits.find(circuit.value())
                .orElseThrow(() -> new IllegalArgumentException("this instance uses no circuit " + circuit))
                .snapshot()
                .record();
    }

    private Decision decision(OperatorChange change, CircuitRecord seen) {
        CircuitName circuit = change.circuit();
        if (change instanceof OperatorChange.Hold hold) {
            return new Decision.SetOverride(
                    circuit,
                    seen.fence(),
                    tokens.get(),
                    instance,
                    hold.kind(),
                    hold.actor(),
                    hold.reason(),
                    hold.lasts(),
                    hold.replaces());
        }
        if (change instanceof OperatorChange.Release release) {
            return new Decision.EndOverride(
                    circuit,
                    seen.fence(),
                    tokens.get(),
                    instance,
                    release.override(),
                    release.actor(),
                    release.reason());
        }
        return new Decision.Reset(circuit, seen.fence(), tokens.get(), instance, change.actor(), change.reason());
    }
}

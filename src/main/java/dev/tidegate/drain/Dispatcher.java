package dev.tidegate.drain;

import dev.tidegate.core.Permit;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Hands records over, as many as have room, an open partition and a permit. Guarded by the drainer's turn. */
final class Dispatcher {
    private final DrainState state;
    private final CircuitGate circuit;
    private final OutputGate output;
    private final Outcomes outcomes;
    private final ReadCheck readCheck;
    private final ProcessorCall processor;
    private final Executor workers;

    Dispatcher(
            DrainState state,
            CircuitGate circuit,
            OutputGate output,
            Outcomes outcomes,
            ReadCheck readCheck,
            ProcessorCall processor,
            Executor workers) {
        this.state = state;
        this.circuit = circuit;
        this.output = output;
        this.outcomes = outcomes;
        this.readCheck = readCheck;
        this.processor = processor;
        this.workers = workers;
    }

    /** Hands over what may be handed over now. */
    void dispatch() {
        state.lanes.wakeDue(state.ticker.nanos());
        while (!state.isStopping() && state.hasRoom() && circuit.isWorthAsking() && output.letsThrough()) {
            BufferedRecord next = next();
            if (next == null) {
                return;
            }
            Permit.Granted permit = circuit.ask();
            if (permit == null) {
                return;
            }
            handOver(next, permit);
        }
    }

    private @Nullable BufferedRecord next() {
        if (!circuit.isRefusing()) {
            return state.nextReady(record -> true);
        }
        // A probe: rather of another lane than the last failure's, and without waiting for that lane's backoff.
        Predicate<BufferedRecord> isProbe = record -> state.board.givesProbes(record.owner);
        Predicate<BufferedRecord> isElsewhere = isProbe.and(record -> record.lane != state.lastFailed());
        BufferedRecord found = state.nextReady(isElsewhere);
        if (found == null) {
            found = waiting(isElsewhere);
        }
        if (found == null) {
            found = state.nextReady(isProbe);
        }
        return found == null ? waiting(isProbe) : found;
    }

    // A record that the downstream still works on keeps its backoff: asked at once it would only say so again.
    private @Nullable BufferedRecord waiting(Predicate<BufferedRecord> suits) {
        return state.lanes.firstWaiting(suits.and(state::isInSpan).and(record -> !record.isBusy));
    }

    private void handOver(BufferedRecord record, Permit.Granted permit) {
        state.lanes.leave(record.lane);
        state.occupy(record, BufferedRecord.Phase.PROCESSING);
        record.attempts++;
        record.isBusy = false;
        record.blame.begin(outcomes.successes());
        Attempt attempt = new Attempt(
                record,
                permit,
                state.settings,
                record.attempts,
                state.ticker.nanos(),
                state.clock.instant().plus(state.settings.timeout()),
                () -> state.turn.run(() -> state.stranded(-1)));
        state.began(attempt);
        state.turn.later(() -> start(attempt));
    }

    private void start(Attempt attempt) {
        try {
            workers.execute(() -> run(attempt));
        } catch (RuntimeException | Error e) {
            outcomes.notReached(attempt, "no thread to process it on: " + e.getMessage(), false);
        }
    }

    private void run(Attempt attempt) {
        if (!attempt.enter()) {
            outcomes.notReached(attempt, "cancelled before it began", false);
            return;
        }
        ReadCheck.Finding finding = readCheck.of(attempt.buffered.record);
        if (finding instanceof ReadCheck.Finding.Unreadable unreadable) {
            attempt.leave();
            outcomes.rejected(attempt, new Rejection(unreadable.causeClass(), unreadable.reason()), false);
        } else if (finding instanceof ReadCheck.Finding.Failed failed) {
            attempt.leave();
            outcomes.notReached(attempt, failed.reason(), failed.isRecordsFault());
        } else if (attempt.reach()) {
            processor.make(attempt, outcomes.answerOf(attempt));
        } else {
            attempt.leave();
            outcomes.notReached(attempt, "cancelled before it was processed", false);
        }
    }
}

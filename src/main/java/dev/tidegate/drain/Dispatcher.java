package dev.tidegate.drain;

import dev.tidegate.core.Permit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Hands records over, as many as have room, an open partition and a permit. Guarded by the drainer's turn. */
final class Dispatcher {
    // So long one may wait behind another on the same thread, and so long a thread goes on without others' turn.
    private static final long PATIENCE_NANOS = 5_000_000;
    private static final long CHAIN_NANOS = 2_000_000;

    private final DrainState state;
    private final CircuitGate circuit;
    private final OutputGate output;
    private final Outcomes outcomes;
    private final ReadCheck readCheck;
    private final ProcessorCall processor;
    private final Executor workers;
    private final Runnable freed;
    private final Predicate<BufferedRecord> inSpan;
    private final Pace pace = new Pace();
    private final Set<Bundle> shared = new LinkedHashSet<>();
    private @Nullable Bundle concluding;

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
        this.freed = () -> state.turn.run(() -> state.stranded(-1));
        this.inSpan = state::isInSpan;
    }

    /** Hands over what may be handed over now. */
    void dispatch() {
        Bundle ended = concluding;
        concluding = null;
        long now = state.ticker.nanos();
        relieve(now);
        state.lanes.wakeDue(now);
        List<Attempt> handedOver = new ArrayList<>();
        long successes = outcomes.successes();
        while (!state.isStopping() && state.hasRoom() && circuit.isWorthAsking() && output.letsThrough()) {
            BufferedRecord next = next();
            Permit.Granted permit = next == null ? null : circuit.ask();
            if (next == null || permit == null) {
                break;
            }
            handedOver.add(handOver(next, permit, successes, now));
        }
        bundle(handedOver, now, ended);
    }

    // Where a circuit is asked call by call, each goes by itself: none may wait for another.
    private void bundle(List<Attempt> attempts, long now, @Nullable Bundle ended) {
        int size = circuit.isRefusing() ? 1 : pace.atOnce();
        for (int at = 0; at < attempts.size(); at += size) {
            Bundle bundle = new Bundle(attempts.subList(at, Math.min(attempts.size(), at + size)), now);
            if (bundle.isShared()) {
                shared.add(bundle);
            }
            if (at == 0 && ended != null) {
                ended.goOnWith(bundle);
            } else {
                state.turn.later(() -> start(bundle));
            }
        }
    }

    /** Inside a turn: takes away from workers what waits there behind an attempt that takes long. */
    private void relieve(long now) {
        Iterator<Bundle> oldestFirst = shared.iterator();
        while (oldestFirst.hasNext()) {
            Bundle bundle = oldestFirst.next();
            if (now - bundle.handedOverNanos < PATIENCE_NANOS) {
                return;
            }
            oldestFirst.remove();
            for (Attempt waiting : bundle.takeWaiting()) {
                Bundle alone = new Bundle(List.of(waiting), now);
                state.turn.later(() -> start(alone));
            }
            bundle.takeSteps().forEach(Runnable::run);
        }
    }

    /** The reading of the ticker at which somebody may have waited too long behind another, or {@code null}. */
    @Nullable
    Long nextNanos() {
        Iterator<Bundle> oldestFirst = shared.iterator();
        return oldestFirst.hasNext() ? oldestFirst.next().handedOverNanos + PATIENCE_NANOS : null;
    }

    private @Nullable BufferedRecord next() {
        if (!circuit.isRefusing()) {
            return state.nextReady(inSpan);
        }
        // A probe: rather of another lane than the last failure's, and without waiting for that lane's backoff.
        Predicate<BufferedRecord> isProbe = inSpan.and(record -> state.board.givesProbes(record.owner));
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
        return state.lanes.firstWaiting(suits.and(record -> !record.isBusy));
    }

    private Attempt handOver(BufferedRecord record, Permit.Granted permit, long successes, long now) {
        state.lanes.leave(record.lane);
        state.occupy(record, BufferedRecord.Phase.PROCESSING);
        record.attempts++;
        record.isBusy = false;
        record.blame.begin(successes);
        Attempt attempt = new Attempt(record, permit, state.settings, record.attempts, now, this::deadline, freed);
        state.began(attempt);
        return attempt;
    }

    private Instant deadline(Attempt attempt) {
        long gone = state.ticker.nanos() - attempt.startedNanos();
        return state.clock.instant().plus(state.settings.timeout()).minusNanos(gone);
    }

    private void start(Bundle bundle) {
        try {
            workers.execute(() -> work(bundle));
        } catch (RuntimeException | Error e) {
            bundle.takeWaiting()
                    .forEach(attempt ->
                            outcomes.notReached(attempt, "no thread to process it on: " + e.getMessage(), false));
        }
    }

    // Goes on with what its own turn handed over: another thread would have to be woken for it. Not for ever, for
    // others
    // may wait for a thread.
    private void work(Bundle first) {
        long began = state.ticker.nanos();
        long now = began;
        for (Bundle bundle = first; bundle != null; bundle = conclude(bundle, now - began < CHAIN_NANOS)) {
            bundle.begin();
            for (Attempt attempt = bundle.next(); attempt != null; attempt = bundle.next()) {
                attempt.begun(now);
                make(attempt, bundle.isShared());
                long after = state.ticker.nanos();
                bundle.made(after - now);
                now = after;
            }
        }
    }

    private @Nullable Bundle conclude(Bundle bundle, boolean mayGoOn) {
        state.turn.run(() -> {
            shared.remove(bundle);
            pace.took(bundle.made(), bundle.worked());
            bundle.end().forEach(Runnable::run);
            concluding = mayGoOn ? bundle : null;
        });
        return bundle.successor();
    }

    private void make(Attempt attempt, boolean isShared) {
        if (isShared && !circuit.stillPasses()) {
            outcomes.putBack(attempt);
            return;
        }
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

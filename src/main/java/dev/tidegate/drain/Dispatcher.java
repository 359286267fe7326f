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
    private final Set<Bundle> underWay = new LinkedHashSet<>();
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
        // Where a circuit is asked call by call, each goes by itself: none may wait for another.
        int atOnce = circuit.isRefusing() ? 1 : pace.atOnce();
        if (isLeftToOthers(atOnce)) {
            return;
        }
        bundle(handOver(now), atOnce, now, ended);
    }

    // Quick records go to few threads: each takes many with it when its turn comes, and no other need be woken.
    private boolean isLeftToOthers(int atOnce) {
        return atOnce > 1 && (long) underWay.size() * atOnce >= state.settings.concurrency();
    }

    private List<Attempt> handOver(long now) {
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
        return handedOver;
    }

    private void bundle(List<Attempt> attempts, int atOnce, long now, @Nullable Bundle ended) {
        for (int at = 0; at < attempts.size(); at += atOnce) {
            Bundle bundle = new Bundle(attempts.subList(at, Math.min(attempts.size(), at + atOnce)), now);
            if (atOnce > 1) {
                underWay.add(bundle);
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
        Bundle oldest = oldest();
        while (oldest != null && now - oldest.handedOverNanos >= PATIENCE_NANOS) {
            underWay.remove(oldest);
            for (Attempt waiting : oldest.takeWaiting()) {
                Bundle alone = new Bundle(List.of(waiting), now);
                state.turn.later(() -> start(alone));
            }
            oldest.makeSteps();
            oldest = oldest();
        }
    }

    private @Nullable Bundle oldest() {
        Iterator<Bundle> oldestFirst = underWay.iterator();
        return oldestFirst.hasNext() ? oldestFirst.next() : null;
    }

    /** The reading of the ticker at which somebody may have waited too long behind another, or {@code null}. */
    @Nullable
    Long nextNanos() {
        Bundle oldest = oldest();
        return oldest == null ? null : oldest.handedOverNanos + PATIENCE_NANOS;
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

    // Goes on with what its own turn handed over, since another thread would have to be woken for it; but not for ever,
    // since others may wait for a thread.
    private void work(Bundle first) {
        long began = state.ticker.nanos();
        long now = began;
        for (Bundle bundle = first; bundle != null; bundle = conclude(bundle, now - began < CHAIN_NANOS)) {
            bundle.begin();
            for (Attempt attempt = bundle.next(); attempt != null; attempt = bundle.next()) {
                attempt.begun(now);
                make(attempt);
                long after = state.ticker.nanos();
                bundle.made(after - now);
                now = after;
            }
        }
    }

    private @Nullable Bundle conclude(Bundle bundle, boolean mayGoOn) {
        state.turn.run(() -> {
            underWay.remove(bundle);
            pace.took(bundle.made(), bundle.worked());
            bundle.end();
            bundle.makeSteps();
            concluding = mayGoOn ? bundle : null;
        });
        return bundle.successor();
    }

    private void make(Attempt attempt) {
        if (!attempt.permit.isProbe() && !circuit.stillPasses()) {
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

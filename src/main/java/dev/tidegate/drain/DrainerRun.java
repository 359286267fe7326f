package dev.tidegate.drain;

import dev.tidegate.core.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One start of a drainer: everything that lives from there to its stop or fault. Owns the order in which a turn ends.
 * Thread-safe.
 */
final class DrainerRun {
    final DrainState state;
    final Intake intake;
    final CircuitGate circuit;
    final OutputGate output;
    final TopicIds topicIds = new TopicIds();
    final LagProbe lag;
    final Outcomes outcomes;
    private final DrainerParts parts;
    private final DeadLetterDesk deadLetters;
    private final OperatorSkips skips;
    private final DeadLetterTopicWatch deadLetterTopics;
    private final IdleMember idleMember;
    private final Dispatcher dispatcher;
    private final TopicDirectory directory;
    private final Waker waker;
    private final Runnable announce;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final RetryDelay delay;
    private boolean starving;
    private boolean commitWished;
    private boolean closed;
    private @Nullable String waitsFor = "the broker";

    /** @param announce is told, outside every lock, that the status may have changed */
    DrainerRun(
            DrainerSettings settings,
            DrainerParts parts,
            ProcessorCall processor,
            ReadCheck readCheck,
            Tallies tallies,
            Waker waker,
            Runnable announce) {
        this.parts = parts;
        this.waker = waker;
        this.announce = announce;
        Turn turn = new Turn();
        Alarm alarm = new Alarm(parts.scheduler(), parts.ticker(), this::rang);
        state = new DrainState(settings, turn, parts.ticker(), parts.clock(), tallies, alarm);
        delay = new RetryDelay(settings.retryDelay(), settings.retryMaxDelay(), parts.random());
        circuit = new CircuitGate(parts.circuit(), state, () -> soon(this::knock));
        deadLetters = new DeadLetterDesk(parts.deadLetters(), state, delay, parts.workers());
        output = new OutputGate(parts.publisher(), state, deadLetters, delay, parts.workers());
        RejectedExceptions rejectOn = new RejectedExceptions(settings.rejectOn());
        outcomes = new Outcomes(state, parts.circuit(), circuit, delay, rejectOn, output, deadLetters);
        dispatcher = new Dispatcher(state, circuit, output, outcomes, readCheck, processor, parts.workers());
        intake = new Intake(state, output, deadLetters, topicIds);
        directory = parts.directories().get();
        lag = new LagProbe(directory, state, topicIds);
        skips = new OperatorSkips(state, deadLetters, lag::endOf);
        deadLetterTopics = new DeadLetterTopicWatch(parts.deadLetterTopics(), state);
        idleMember = new IdleMember(state, intake);
        turn.endWith(this::endTurn);
    }

    /** Listens to the circuits from now on. */
    void open(Iterable<PauseCause> causes) {
        subscriptions.add(parts.circuit().onChange(snapshot -> soon(circuit::changed)));
        var publisher = parts.publisher();
        if (publisher != null) {
            subscriptions.add(publisher.circuit().onChange(snapshot -> soon(output::changed)));
        }
        state.turn.run(() -> {
            causes.forEach(state.board::add);
            circuit.changed();
            output.changed();
        });
    }

    // News never come in the thread that brings them: it may hold the turn of another drainer of the same circuit.
    private void soon(Runnable step) {
        try {
            parts.workers().execute(() -> state.turn.run(step));
        } catch (RuntimeException | Error stoppingOrNoThread) {
            waker.wake();
        }
    }

    // On the scheduler's own thread: deadlines must hold though every worker hangs.
    private void rang() {
        state.turn.run(state.alarm::rang);
    }

    /** Follows changed settings, in what may change while it runs. */
    void follow(DrainerSettings changed) {
        state.turn.run(() -> {
            state.settings = state.settings.following(changed);
            delay.follow(changed.retryDelay(), changed.retryMaxDelay());
        });
    }

    private void knock() {
        circuit.knock();
    }

    private void endTurn() {
        if (closed) {
            return;
        }
        long now = state.ticker.nanos();
        circuit.tick(now);
        output.tick(now);
        deadLetters.tick(now);
        outcomes.timeOut(now);
        lag.tick(now);
        deadLetterTopics.tick();
        idleMember.tick(now);
        dispatcher.dispatch();
        setAlarm();
        noteStarving();
        if (state.board.takeChanged()) {
            state.turn.later(waker::wake);
            state.turn.later(announce);
        }
        boolean isCommitWished = state.settledSinceCommit() >= state.settings.commitRecords();
        if (isCommitWished && !commitWished) {
            state.turn.later(waker::wake);
        }
        commitWished = isCommitWished;
    }

    private void setAlarm() {
        by(lag.nextNanos());
        by(circuit.nextNanos());
        by(output.nextNanos());
        by(deadLetters.nextNanos());
        by(outcomes.nextNanos());
        by(state.lanes.nextWakeNanos());
        by(dispatcher.nextNanos());
    }

    private void by(@Nullable Long nanos) {
        if (nanos != null) {
            state.alarm.by(nanos);
        }
    }

    private void noteStarving() {
        boolean wants = circuit.isRefusing() ? !circuit.isIsolated() : output.needsRecord();
        boolean now = state.board.isProbing() && wants && !state.hasRecordInHand();
        state.touchIf(now != starving);
        starving = now;
    }

    /** Whether the drainer waits for a circuit and has no record to probe it with. */
    boolean isStarving() {
        return state.turn.peek(() -> starving);
    }

    /** The drainer waits for that before it can begin; {@code null} for nothing. */
    void waitsFor(@Nullable String what) {
        state.turn.run(() -> {
            boolean hasChanged = !Objects.equals(waitsFor, what);
            waitsFor = what;
            state.touchIf(hasChanged);
        });
    }

    /** Inside a turn: what the drainer waits for outside itself, for people, or {@code null}. */
    @Nullable
    String waitsFor() {
        if (waitsFor != null) {
            return waitsFor;
        }
        if (lag.trouble() != null) {
            return "the broker: " + lag.trouble();
        }
        if (!topicIds.missing().isEmpty()) {
            return "topics that do not exist: " + String.join(", ", topicIds.missing());
        }
        return intake.isJoined() ? null : "its place in group " + state.settings.group();
    }

    SkipAnswer skip(Skip skip) {
        return state.turn.call(() -> skips.carryOut(skip));
    }

    boolean isJoined() {
        return state.turn.peek(intake::isJoined);
    }

    void add(PauseCause cause) {
        state.turn.run(() -> state.board.add(cause));
    }

    void remove(PauseCause cause) {
        state.turn.run(() -> state.board.remove(cause));
    }

    void close() {
        subscriptions.forEach(Subscription::close);
        state.turn.run(() -> {
            state.stopHandingOver();
            List.copyOf(state.owned()).forEach(owner -> intake.drop(List.of(owner.partition)));
        });
        state.turn.run(() -> {
            closed = true;
            state.alarm.off();
        });
        directory.close();
    }
}

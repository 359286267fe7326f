package dev.tidegate.drain;

import dev.tidegate.core.EffectiveState;
import dev.tidegate.publish.PublishResult;
import dev.tidegate.publish.Publisher;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where results go. One that cannot be sent is held, its source record stays unsettled, and the drainer is paused with
 * OUTPUT, which this class owns; one held result at a time is sent again to find out. Guarded by the drainer's turn.
 */
final class OutputGate {
    private static final Duration LEAST_WAIT = Duration.ofMillis(100);

    private final @Nullable Publisher publisher;
    private final DrainState state;
    private final DeadLetterDesk deadLetters;
    private final RetryDelay delay;
    private final Executor workers;
    private final Set<BufferedRecord> held = new LinkedHashSet<>();
    private int sending;
    private int failures;
    private long retryAtNanos;
    private @Nullable String trouble;

    OutputGate(
            @Nullable Publisher publisher,
            DrainState state,
            DeadLetterDesk deadLetters,
            RetryDelay delay,
            Executor workers) {
        this.publisher = publisher;
        this.state = state;
        this.deadLetters = deadLetters;
        this.delay = delay;
        this.workers = workers;
        this.retryAtNanos = state.ticker.nanos();
    }

    /** Whether results go anywhere. */
    boolean isWanted() {
        return publisher != null;
    }

    boolean isPaused() {
        return state.board.has(PauseCause.OUTPUT);
    }

    /** What is wrong with the output, for people, or {@code null}. */
    @Nullable
    String trouble() {
        return trouble;
    }

    /**
     * Whether a record may be handed over. While the output is away: one, after the publisher's retry time, if no result is
     * in hand to find out with.
     */
    boolean letsThrough() {
        return !isPaused() || (mayScout() && state.slots() == 0);
    }

    private boolean mayScout() {
        return state.ticker.nanos() - retryAtNanos >= 0 && needsRecord();
    }

    /** Whether there is no result in hand to find out with, so that a record is needed to obtain one. */
    boolean needsRecord() {
        return isPaused()
                && held.isEmpty()
                && sending == 0
                && publisher != null
                && publisher.circuit().state() != EffectiveState.ISOLATED;
    }

    /** Sends the result of a record that is on its way; its slot stays taken until it is through. */
    void publish(BufferedRecord record) {
        record.phase = BufferedRecord.Phase.PUBLISHING;
        send(record);
    }

    private void send(BufferedRecord record) {
        sending++;
        AtomicBoolean isAnswered = new AtomicBoolean();
        state.turn.later(() -> {
            try {
                workers.execute(() -> hand(record, isAnswered));
            } catch (RuntimeException | Error e) {
                failed(record, isAnswered, e);
            }
        });
    }

    private void hand(BufferedRecord record, AtomicBoolean isAnswered) {
        Publisher to = publisher;
        if (to == null || isAnswered.get()) {
            return;
        }
        try {
            to.send(new ProducerRecord<>(to.topic(), record.record.key(), record.result))
                    .whenComplete((result, error) -> {
                        if (result == null) {
                            failed(record, isAnswered, error);
                        } else {
                            state.turn.run(() -> answered(record, isAnswered, result));
                        }
                    });
        } catch (RuntimeException | Error e) {
            failed(record, isAnswered, e);
        }
    }

    // Whatever stands in the way of a send: the record is never left without an answer, or it would wait for ever.
    private void failed(BufferedRecord record, AtomicBoolean isAnswered, @Nullable Throwable error) {
        Exception cause = error instanceof Exception exception ? exception : new IllegalStateException(error);
        state.turn.run(() -> answered(record, isAnswered, new PublishResult.Failed(PublishResult.Fault.BROKER, cause)));
    }

    private void answered(BufferedRecord record, AtomicBoolean isAnswered, PublishResult result) {
        if (!isAnswered.compareAndSet(false, true)) {
            return;
        }
        sending--;
        boolean isRecordsFault =
                result instanceof PublishResult.Failed failed && failed.fault() == PublishResult.Fault.RECORD;
        if (record.owner.isDropped()) {
            state.vacate(record, BufferedRecord.Phase.BUFFERED);
            state.lanes.pass(record.lane);
        } else if (result.succeeded()) {
            state.tallies.handled.increment();
            state.vacate(record, BufferedRecord.Phase.SETTLED);
            state.settle(record);
            works();
        } else if (isRecordsFault && result instanceof PublishResult.Failed failed) {
            state.vacate(record, BufferedRecord.Phase.BUFFERED);
            deadLetters.send(
                    record,
                    new Rejection(failed.error().getClass().getName(), "its result cannot be sent: " + failed.error()));
        } else {
            hold(record, result);
        }
    }

    // The slot stays taken: so no more results are held than the drainer may have in flight.
    private void hold(BufferedRecord record, PublishResult result) {
        state.hold(record);
        held.add(record);
        Duration wait = LEAST_WAIT;
        if (result instanceof PublishResult.Refused refused) {
            trouble = String.valueOf(refused.refusal().getMessage());
            wait = longer(refused.refusal().retryAfter(), LEAST_WAIT);
        } else if (result instanceof PublishResult.Failed failed) {
            failures++;
            trouble = failed.fault() + ": " + failed.error();
            wait = delay.after(failures);
        }
        state.troubled(record, "its result is held: " + trouble);
        state.board.add(PauseCause.OUTPUT);
        retryAtNanos = state.ticker.nanos() + wait.toNanos();
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private void works() {
        failures = 0;
        if (!isPaused()) {
            return;
        }
        opened();
        List<BufferedRecord> all = List.copyOf(held);
        held.clear();
        all.forEach(this::sendAgain);
    }

    private void opened() {
        trouble = null;
        state.board.remove(PauseCause.OUTPUT);
    }

    private void sendAgain(BufferedRecord record) {
        held.remove(record);
        state.resume(record, BufferedRecord.Phase.PUBLISHING);
        send(record);
    }

    /** The publisher's circuit changed. */
    void changed() {
        if (publisher == null) {
            return;
        }
        EffectiveState now = publisher.circuit().state();
        if (publisher.circuit().isPassing()) {
            retryAtNanos = state.ticker.nanos();
            tick(retryAtNanos);
            return;
        }
        trouble = "the circuit of publisher " + publisher.name() + " is " + now;
        state.board.add(PauseCause.OUTPUT);
        long nanos = state.ticker.nanos();
        if (now == EffectiveState.HALF_OPEN) {
            // The lease may be this instance's; if it is not, the refusal tells how long to wait.
            retryAtNanos = nanos;
            tick(nanos);
            return;
        }
        Duration wait = publisher.circuit().snapshot().retryAfterAt(nanos);
        retryAtNanos = nanos + longer(wait, LEAST_WAIT).toNanos();
    }

    /** Sends one held result again when it is time; with none in hand, an output whose circuit is closed counts as well. */
    void tick(long nowNanos) {
        if (!isPaused() || sending > 0 || nowNanos - retryAtNanos < 0) {
            return;
        }
        if (!held.isEmpty()) {
            sendAgain(held.iterator().next());
        } else if (publisher != null && publisher.circuit().isPassing()) {
            opened();
        }
    }

    /** Lets go of the results of records that belong to somebody else by now. */
    void forgetDropped() {
        for (BufferedRecord record : List.copyOf(held)) {
            if (record.owner.isDropped()) {
                held.remove(record);
                state.resume(record, BufferedRecord.Phase.BUFFERED);
                state.vacate(record, BufferedRecord.Phase.BUFFERED);
                state.lanes.pass(record.lane);
            }
        }
    }

    /** The reading of the ticker at which to look again, or {@code null}. */
    @Nullable
    Long nextNanos() {
        boolean isToCome = !held.isEmpty() || retryAtNanos - state.ticker.nanos() > 0;
        return isPaused() && sending == 0 && isToCome ? retryAtNanos : null;
    }
}

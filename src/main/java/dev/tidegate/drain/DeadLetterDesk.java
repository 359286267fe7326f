package dev.tidegate.drain;

import dev.tidegate.publish.DeadLetter;
import dev.tidegate.publish.DeadLetterResult;
import dev.tidegate.publish.DeadLetterSender;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sends records away that will not be handled, and settles each when its copy is acknowledged. While the dead-letter topic
 * does not take them, their partition is paused with DEAD_LETTER, which this class owns, and one letter at a time is tried
 * again. Guarded by the drainer's turn.
 */
final class DeadLetterDesk {
    private static final System.Logger LOG = System.getLogger(DeadLetterDesk.class.getName());

    /** What one partition could not get rid of. */
    private static final class Backlog {
        final List<BufferedRecord> letters = new ArrayList<>();
        int failures;
        long retryAtNanos;
        boolean trying;
    }

    private final DeadLetterSender sender;
    private final DrainState state;
    private final RetryDelay delay;
    private final Executor workers;
    private final Map<OwnedPartition, Backlog> backlogs = new HashMap<>();

    DeadLetterDesk(DeadLetterSender sender, DrainState state, RetryDelay delay, Executor workers) {
        this.sender = sender;
        this.state = state;
        this.delay = delay;
        this.workers = workers;
    }

    /** Sends a record that nobody works on; it keeps its lane until the copy is acknowledged. */
    void send(BufferedRecord record, Rejection rejection) {
        record.rejection = rejection;
        state.troubled(record, rejection.text());
        state.tallies.rejected.increment();
        hand(record);
    }

    private void hand(BufferedRecord record) {
        state.occupy(record, BufferedRecord.Phase.DEAD_LETTERING);
        DeadLetter letter = letterOf(record);
        AtomicBoolean isAnswered = new AtomicBoolean();
        state.turn.later(() -> {
            try {
                workers.execute(() -> hand(record, letter, isAnswered));
            } catch (RuntimeException | Error e) {
                failed(record, isAnswered, e);
            }
        });
    }

    private void hand(BufferedRecord record, DeadLetter letter, AtomicBoolean isAnswered) {
        if (isAnswered.get()) {
            return;
        }
        try {
            sender.send(letter).whenComplete((result, error) -> {
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

    // Whatever stands in the way of a letter: the record is never left without an answer, or it would wait for ever.
    private void failed(BufferedRecord record, AtomicBoolean isAnswered, @Nullable Throwable error) {
        Exception cause = error instanceof Exception exception ? exception : new IllegalStateException(error);
        state.turn.run(() -> answered(record, isAnswered, new DeadLetterResult.Failed(cause)));
    }

    private DeadLetter letterOf(BufferedRecord buffered) {
        var source = buffered.record;
        Rejection rejection = buffered.rejection;
        if (rejection == null) {
            throw new IllegalStateException("a bug: " + buffered + " is dead-lettered without a cause");
        }
        return new DeadLetter(
                state.settings.deadLetterTopicOf(source.topic()),
                source.topic(),
                source.partition(),
                source.offset(),
                source.timestamp(),
                source.key(),
                source.value(),
                source.headers(),
                state.settings.name(),
                state.settings.group(),
                state.settings.circuit(),
                rejection.causeClass(),
                rejection.text(),
                buffered.attempts,
                state.clock.instant());
    }

    private void answered(BufferedRecord record, AtomicBoolean isAnswered, DeadLetterResult result) {
        if (!isAnswered.compareAndSet(false, true)) {
            return;
        }
        OwnedPartition owner = record.owner;
        if (owner.isDropped()) {
            state.vacate(record, BufferedRecord.Phase.BUFFERED);
            state.lanes.pass(record.lane);
        } else if (result instanceof DeadLetterResult.Sent) {
            state.vacate(record, BufferedRecord.Phase.SETTLED);
            state.settle(record);
            sent(owner);
        } else if (result instanceof DeadLetterResult.Failed failed) {
            undelivered(record, String.valueOf(failed.error()));
        } else if (result instanceof DeadLetterResult.DoesNotFit tooLarge) {
            undelivered(record, tooLarge.reason());
        }
    }

    private void sent(OwnedPartition owner) {
        Backlog backlog = backlogs.remove(owner);
        if (backlog == null) {
            return;
        }
        state.board.remove(owner, PauseCause.DEAD_LETTER);
        LOG.log(
                System.Logger.Level.INFO,
                "TIDEGATE4004 drainer {0}: dead letters of {1} go out again",
                state.settings.name(),
                owner.partition);
        backlog.letters.forEach(this::hand);
    }

    private void undelivered(BufferedRecord record, String why) {
        state.vacate(record, BufferedRecord.Phase.UNDELIVERED);
        state.troubled(record, "cannot be dead-lettered: " + why);
        Backlog backlog = backlogs.get(record.owner);
        if (backlog == null) {
            backlog = new Backlog();
            backlogs.put(record.owner, backlog);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "TIDEGATE4004 drainer {0}: {1} is paused with DEAD_LETTER, for {2} does not take record {3}: {4}",
                    state.settings.name(),
                    record.owner.partition,
                    state.settings.deadLetterTopicOf(record.record.topic()),
                    record.record.offset(),
                    why);
        }
        backlog.letters.add(record);
        backlog.failures++;
        backlog.trying = false;
        backlog.retryAtNanos =
                state.ticker.nanos() + delay.after(backlog.failures).toNanos();
        state.board.add(record.owner, PauseCause.DEAD_LETTER);
    }

    /** Tries one letter of each partition again whose time has come. */
    void tick(long nowNanos) {
        for (Backlog backlog : backlogs.values()) {
            if (!backlog.trying && nowNanos - backlog.retryAtNanos >= 0) {
                backlog.trying = true;
                hand(backlog.letters.remove(0));
            }
        }
    }

    /** Lets go of the letters of partitions that belong to somebody else by now. */
    void forget(OwnedPartition owner) {
        Backlog backlog = backlogs.remove(owner);
        if (backlog != null) {
            backlog.letters.forEach(record -> state.lanes.pass(record.lane));
        }
    }

    /** The reading of the ticker at which to look again, or {@code null}. */
    @Nullable
    Long nextNanos() {
        Long next = null;
        for (Backlog backlog : backlogs.values()) {
            boolean isSooner = next == null || backlog.retryAtNanos - next < 0;
            if (!backlog.trying && isSooner) {
                next = backlog.retryAtNanos;
            }
        }
        return next;
    }
}

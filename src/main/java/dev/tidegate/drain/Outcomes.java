package dev.tidegate.drain;

import dev.tidegate.core.Failure;
import dev.tidegate.guard.CallOutcome;
import dev.tidegate.guard.Circuit;
import java.time.Duration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt's outcome means: first for the circuit, by its permit, then for the record. Its public entrances may be
 * called by any thread, once or more often for one attempt: the first one counts.
 */
final class Outcomes {
    private final DrainState state;
    private final Circuit circuit;
    private final CircuitGate gate;
    private final RetryDelay delay;
    private final RejectedExceptions rejectedExceptions;
    private final OutputGate output;
    private final DeadLetterDesk deadLetters;

    Outcomes(
            DrainState state,
            Circuit circuit,
            CircuitGate gate,
            RetryDelay delay,
            RejectedExceptions rejectedExceptions,
            OutputGate output,
            DeadLetterDesk deadLetters) {
        this.state = state;
        this.circuit = circuit;
        this.gate = gate;
        this.delay = delay;
        this.rejectedExceptions = rejectedExceptions;
        this.output = output;
        this.deadLetters = deadLetters;
    }

    /** What the downstream did well on this instance: for this drainer, for others of its circuit, for the health probe. */
    long successes() {
        return state.successes() + circuit.counters().successes();
    }

    ProcessorCall.Answer answerOf(Attempt attempt) {
        return new ProcessorCall.Answer() {
            @Override
            public void outcome(Outcome outcome) {
                Outcomes.this.outcome(attempt, outcome);
            }

            @Override
            public void thrown(Throwable error) {
                Outcomes.this.thrown(attempt, error);
            }
        };
    }

    private void outcome(Attempt attempt, Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            done(attempt, done);
        } else if (outcome instanceof Outcome.Rejected rejected) {
            rejected(attempt, new Rejection("rejected", rejected.reason()), rejected.hasAnswered());
        } else if (outcome instanceof Outcome.Busy busy) {
            busy(attempt, busy);
        } else if (outcome instanceof Outcome.Failed failed) {
            failed(attempt, new Failure(failed.cause(), failed.retryAfter()), CallOutcome.FAILURE);
        }
    }

    private void thrown(Attempt attempt, Throwable error) {
        if (rejectedExceptions.include(error)) {
            rejected(attempt, new Rejection(error.getClass().getName(), String.valueOf(error.getMessage())), false);
        } else {
            failed(attempt, Failure.of(error), circuit.outcomeOf(error));
        }
    }

    private void done(Attempt attempt, Outcome.Done done) {
        if (!attempt.end()) {
            return;
        }
        attempt.permit.success(nanosOf(attempt));
        tell(attempt, () -> {
            over(attempt);
            state.succeeded();
            BufferedRecord record = attempt.buffered;
            if (record.owner.isDropped()) {
                forget(record);
                return;
            }
            byte[] result = done.result();
            if (result != null && output.isWanted()) {
                state.keep(record, result);
                output.publish(record);
            } else {
                state.tallies.handled.increment();
                state.vacate(record, BufferedRecord.Phase.SETTLED);
                state.settle(record);
            }
        });
    }

    /** The record is bad. */
    void rejected(Attempt attempt, Rejection rejection, boolean hasAnswered) {
        if (!attempt.end()) {
            return;
        }
        if (hasAnswered) {
            attempt.permit.neutral();
        } else {
            attempt.permit.release();
        }
        tell(attempt, () -> {
            over(attempt);
            if (attempt.buffered.owner.isDropped()) {
                forget(attempt.buffered);
                return;
            }
            state.vacate(attempt.buffered, BufferedRecord.Phase.BUFFERED);
            deadLetters.send(attempt.buffered, rejection);
        });
    }

    private void busy(Attempt attempt, Outcome.Busy busy) {
        if (!attempt.end()) {
            return;
        }
        attempt.permit.neutral();
        tell(attempt, () -> {
            over(attempt);
            attempt.buffered.isBusy = true;
            again(attempt.buffered, "the downstream still works on it", busy.retryAfter());
        });
    }

    private void failed(Attempt attempt, Failure failure, CallOutcome meaning) {
        if (attempt.end()) {
            // A cancelled call fails because of us: it says nothing about the downstream.
            settleFailed(attempt, failure, attempt.wasCancelled() ? null : meaning);
            ended(attempt, failure);
        }
    }

    // The record failed in any case; what that means for the circuit is the configuration's affair.
    private void settleFailed(Attempt attempt, Failure failure, @Nullable CallOutcome meaning) {
        if (meaning == null) {
            attempt.permit.release();
            return;
        }
        switch (meaning) {
            case SUCCESS -> attempt.permit.success(nanosOf(attempt));
            case NEUTRAL -> attempt.permit.neutral();
            case FAILURE -> attempt.permit.failure(failure, nanosOf(attempt));
        }
    }

    private void ended(Attempt attempt, Failure failure) {
        tell(attempt, () -> {
            over(attempt);
            state.tallies.failed.increment();
            state.failedIn(attempt.buffered.lane);
            blame(attempt, failure.text(), failure.retryAfter());
        });
    }

    /** The attempt ended before it got to the dependency: no word on the circuit. */
    void notReached(Attempt attempt, String why, boolean isRecordsFault) {
        if (attempt.end()) {
            endedUnreached(attempt, why, isRecordsFault);
        }
    }

    private void endedUnreached(Attempt attempt, String why, boolean isRecordsFault) {
        attempt.permit.release();
        tell(attempt, () -> {
            over(attempt);
            if (isRecordsFault) {
                blame(attempt, why, null);
            } else {
                again(attempt.buffered, why, null);
            }
        });
    }

    /** It was handed over and will not be begun: as if that had never been. */
    void putBack(Attempt attempt) {
        if (!attempt.end()) {
            return;
        }
        attempt.permit.release();
        tell(attempt, () -> {
            over(attempt);
            BufferedRecord record = attempt.buffered;
            record.attempts--;
            if (record.owner.isDropped()) {
                forget(record);
                return;
            }
            state.vacate(record, BufferedRecord.Phase.BUFFERED);
            if (record.skip == null) {
                state.lanes.back(record.lane);
            } else {
                deadLetters.send(record, record.skip);
            }
        });
    }

    private void tell(Attempt attempt, Runnable step) {
        attempt.tell(step, state.turn::run);
    }

    private void blame(Attempt attempt, String error, @Nullable Duration retryAfter) {
        BufferedRecord record = attempt.buffered;
        boolean isWorn = record.blame.failed(successes()) >= state.settings.maxAttempts();
        if (record.owner.isDropped() || !isWorn) {
            again(record, error, retryAfter);
            return;
        }
        state.troubled(record, error);
        state.vacate(record, BufferedRecord.Phase.BUFFERED);
        deadLetters.send(record, new Rejection("attempts-used-up", error));
    }

    private void again(BufferedRecord record, String error, @Nullable Duration retryAfter) {
        state.vacate(record, BufferedRecord.Phase.BUFFERED);
        if (!record.owner.isDropped()) {
            state.troubled(record, error);
            if (record.skip != null) {
                deadLetters.send(record, record.skip);
                return;
            }
        }
        state.retry(
                record,
                delay.after(record.attempts, retryAfter, circuit.policy().breakMax()));
    }

    private void forget(BufferedRecord record) {
        state.vacate(record, BufferedRecord.Phase.BUFFERED);
        state.lanes.pass(record.lane);
    }

    private void over(Attempt attempt) {
        state.ended(attempt);
        gate.callEnded(attempt.permit.isProbe());
    }

    private long nanosOf(Attempt attempt) {
        return state.ticker.nanos() - attempt.startedNanos();
    }

    /** In a turn: ends what took longer than it may. */
    void timeOut(long nowNanos) {
        Iterator<Attempt> oldestFirst = state.running().iterator();
        while (oldestFirst.hasNext()) {
            Attempt attempt = oldestFirst.next();
            if (nowNanos - attempt.startedNanos() < state.settings.timeout().toNanos()) {
                return;
            }
            state.turn.later(() -> overrun(attempt));
        }
    }

    private void overrun(Attempt attempt) {
        if (attempt.endUnreached()) {
            strand(attempt);
            String what = attempt.wasEntered() ? "its deserialisers did not end" : "no thread was free to process it";
            endedUnreached(attempt, what + " within " + state.settings.timeout(), false);
        } else if (attempt.end()) {
            strand(attempt);
            Failure failure = new Failure("no answer within " + state.settings.timeout());
            settleFailed(attempt, failure, CallOutcome.FAILURE);
            ended(attempt, failure);
        }
    }

    private void strand(Attempt attempt) {
        if (attempt.strand()) {
            state.turn.run(() -> state.stranded(1));
        }
    }

    /** The reading of the ticker at which the oldest attempt is over, or {@code null}. */
    @Nullable
    Long nextNanos() {
        Iterator<Attempt> oldest = state.running().iterator();
        return oldest.hasNext()
                ? oldest.next().startedNanos() + state.settings.timeout().toNanos()
                : null;
    }
}

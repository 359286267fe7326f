package dev.tidegate.drain;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a processor of either kind is called. Whatever it throws or leaves out is an outcome of that record. */
interface ProcessorCall {
    /** What became of the call: an outcome, or what was thrown instead. */
    interface Answer {
        void outcome(Outcome outcome);

        void thrown(Throwable error);
    }

    /** Runs on a worker thread; the answer may come from any thread. */
    void make(Attempt attempt, Answer answer);

    static ProcessorCall of(RecordProcessor processor) {
        return (attempt, answer) -> {
            Consumer<Answer> told;
            try {
                Outcome outcome = processor.process(attempt);
                told = to -> tell(outcome, to);
            } catch (Throwable anything) {
                told = to -> to.thrown(anything);
            } finally {
                attempt.leave();
            }
            told.accept(answer);
        };
    }

    static ProcessorCall ofAsync(AsyncRecordProcessor processor) {
        return (attempt, answer) -> {
            CompletionStage<Outcome> stage;
            try {
                stage = processor.process(attempt);
            } catch (Throwable anything) {
                attempt.leave();
                answer.thrown(anything);
                return;
            }
            attempt.leave();
            if (stage == null) {
                tell(null, answer);
                return;
            }
            stage.whenComplete((outcome, error) -> {
                if (error != null) {
                    answer.thrown(bare(error));
                } else {
                    tell(outcome, answer);
                }
            });
        };
    }

    private static void tell(@Nullable Outcome outcome, Answer answer) {
        if (outcome == null) {
            answer.thrown(new IllegalStateException("the processor returned null instead of an outcome"));
        } else {
            answer.outcome(outcome);
        }
    }

    private static Throwable bare(Throwable error) {
        Throwable cause = error.getCause();
        boolean isWrapper = error instanceof CompletionException || error instanceof ExecutionException;
        return isWrapper && cause != null ? cause : error;
    }
}

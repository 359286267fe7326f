package dev.tidegate.drain.http;

import dev.tidegate.drain.Answer;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An exchange with a bound from its begin to the last byte of its answer: the client's own timeout ends with the answer's
 * head. Safe for use by many threads.
 */
final class BoundedExchange {
    private final Duration timeout;
    private final Executor executor;
    private final CompletableFuture<Answer> timed = new CompletableFuture<>();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private volatile @Nullable CompletableFuture<?> running;

    BoundedExchange(Duration timeout, Executor executor) {
        this.timeout = timeout;
        this.executor = executor;
        CompletionStage<Void> unused = timed.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
                .handle((complete, error) -> {
                    settle(complete, error);
                    return null;
                });
    }

    CompletionStage<Answer> answer() {
        return answer.minimalCompletionStage();
    }

    /** Says what to break off when the time is over. */
    void runs(CompletableFuture<?> part) {
        running = part;
        if (isOver()) {
            part.cancel(true);
        }
    }

    boolean isOver() {
        return timed.isDone();
    }

    void complete(Answer complete) {
        timed.complete(complete);
    }

    void fail(Throwable error) {
        timed.completeExceptionally(Breaks.cause(error));
    }

    private void settle(@Nullable Answer complete, @Nullable Throwable error) {
        if (complete != null) {
            answer.complete(complete);
        } else if (error instanceof TimeoutException) {
            // This is the one timer thread of all futures in the process: it must not do others' work.
            try {
                executor.execute(this::breakOff);
            } catch (RejectedExecutionException shuttingDown) {
                breakOff();
            }
        } else if (error != null) {
            answer.completeExceptionally(error);
        }
    }

    private void breakOff() {
        CompletableFuture<?> part = running;
        if (part != null) {
            part.cancel(true);
        }
        answer.completeExceptionally(new HttpTimeoutException("no complete answer within " + timeout));
    }
}

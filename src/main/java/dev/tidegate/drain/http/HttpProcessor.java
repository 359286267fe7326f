package dev.tidegate.drain.http;

import dev.tidegate.drain.Answer;
import dev.tidegate.drain.AsyncRecordProcessor;
import dev.tidegate.drain.Delivery;
import dev.tidegate.drain.Downstream;
import dev.tidegate.drain.Outcome;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Hands deliveries to a downstream and reads its answers. Statuses named in the settings come first, in the order rejected,
 * busy, failed; for all others: 2xx is done, 409 and 423 are busy, what hits every record alike is failed (3xx, 401, 403,
 * 404, 405, 407, 408, 425, 429, 5xx), any other 4xx means a bad record, and so does a result that is too large. Safe for use by many threads.
 */
public final class HttpProcessor implements AsyncRecordProcessor {
    private static final Set<Integer> BUSY = Set.of(409, 423);
    private static final Set<Integer> FAILED = Set.of(401, 403, 404, 405, 407, 408, 425, 429);

    private final Downstream downstream;
    private final DownstreamSettings settings;

    public HttpProcessor(Downstream downstream, DownstreamSettings settings) {
        this.downstream = downstream;
        this.settings = settings;
    }

    @Override
    public CompletionStage<Outcome> process(Delivery delivery) {
        return downstream
                .send(delivery)
                .handle((answer, error) -> error == null ? outcomeOf(answer) : outcomeOf(error));
    }

    private Outcome outcomeOf(Answer answer) {
        int status = answer.status();
        if (settings.rejectedStatuses().contains(status)) {
            return rejected(status);
        }
        if (settings.busyStatuses().contains(status)) {
            return busy(answer);
        }
        if (settings.failedStatuses().contains(status)) {
            return failed(answer);
        }
        if (status / 100 == 2) {
            return new Outcome.Done(answer.body());
        }
        if (BUSY.contains(status)) {
            return busy(answer);
        }
        return status / 100 == 4 && !FAILED.contains(status) ? rejected(status) : failed(answer);
    }

    private Outcome outcomeOf(Throwable error) {
        Throwable cause = Breaks.cause(error);
        if (cause instanceof ResultTooLargeException) {
            return new Outcome.Rejected(
                    "result too large: downstream " + settings.name() + ": " + cause.getMessage(), true);
        }
        String message = cause.getMessage();
        String type = cause.getClass().getSimpleName();
        String text = message == null || message.isBlank() ? type : type + ": " + message;
        return new Outcome.Failed("downstream " + settings.name() + ": " + text, null);
    }

    private Outcome rejected(int status) {
        return new Outcome.Rejected("downstream " + settings.name() + " answered " + status, true);
    }

    private static Outcome busy(Answer answer) {
        return new Outcome.Busy(RetryAfter.parse(answer.retryAfter(), answer.date()));
    }

    private Outcome failed(Answer answer) {
        Duration retryAfter = RetryAfter.parse(answer.retryAfter(), answer.date());
        return new Outcome.Failed("downstream " + settings.name() + " answered " + answer.status(), retryAfter);
    }
}

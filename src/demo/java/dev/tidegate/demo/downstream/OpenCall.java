package dev.tidegate.demo.downstream;

import com.sun.net.httpserver.HttpExchange;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A call that has been read and not ended. It ends exactly once, whoever comes first: its own delay, a change of the
 * fault, or the end of the server.
 */
final class OpenCall {
    private final HttpExchange exchange;
    private final String id;
    private final @Nullable String key;
    private final Instant startedAt = Instant.now();
    private final long startNanos = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final BiConsumer<OpenCall, Call> atEnd;

    /** @param atEnd told before the answer is written, so that who has the answer finds the call in the log */
    OpenCall(HttpExchange exchange, String id, @Nullable String key, BiConsumer<OpenCall, Call> atEnd) {
        this.exchange = exchange;
        this.id = id;
        this.key = key;
        this.atEnd = atEnd;
    }

    String id() {
        return id;
    }

    void answer(Outcome outcome, Answer answer) {
        if (ended.compareAndSet(false, true)) {
            atEnd.accept(this, ended(outcome));
            answer.writeTo(exchange);
        }
    }

    /** Closes the connection without an answer. */
    void drop(Outcome outcome) {
        if (ended.compareAndSet(false, true)) {
            atEnd.accept(this, ended(outcome));
            exchange.close();
        }
    }

    private Call ended(Outcome outcome) {
        return new Call(id, key, startedAt, startNanos, System.nanoTime(), outcome);
    }
}

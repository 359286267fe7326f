package dev.tidegate.drain.http;

import dev.tidegate.drain.Answer;
import dev.tidegate.drain.Delivery;
import dev.tidegate.drain.Downstream;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A downstream that is spoken to over HTTP/1.1. Redirects are not followed. The timeout bounds the whole exchange, body
 * included. If a reused connection broke before any byte of the answer, the request goes once more on a fresh one. Safe for
 * use by many threads; holds none.
 */
public final class HttpDownstream implements Downstream {
    /** A larger answer breaks the exchange with {@link ResultTooLargeException}. */
    static final int MOST_BODY_BYTES = 64 * 1024 * 1024;

    private final DownstreamSettings settings;
    private final DeliveryRequest requests;
    private final Connections connections;
    private final Executor executor;
    private final boolean keepsResults;

    /**
     * @param executor runs what the HTTP client has to do, and completes the answers
     * @throws IllegalArgumentException if base URL, path or a configured header cannot be sent
     */
    public HttpDownstream(DownstreamSettings settings, Executor executor) {
        this(settings, executor, true);
    }

    /**
     * A downstream whose answers' bodies nobody wants: they are read and thrown away, however large.
     *
     * @throws IllegalArgumentException if base URL, path or a configured header cannot be sent
     */
    public static HttpDownstream withoutResults(DownstreamSettings settings, Executor executor) {
        return new HttpDownstream(settings, executor, false);
    }

    private HttpDownstream(DownstreamSettings settings, Executor executor, boolean keepsResults) {
        this.keepsResults = keepsResults;
        this.settings = settings;
        this.requests = new DeliveryRequest(settings);
        this.executor = executor;
        this.connections = new Connections(() -> HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .executor(executor)
                .build());
    }

    @Override
    public CompletionStage<Answer> send(Delivery delivery) {
        if (delivery.isCancelled()) {
            return CompletableFuture.failedFuture(new CancellationException("nobody waits for the answer any more"));
        }
        try {
            return exchange(requests.of(delivery), settings.timeout());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** False also without a health path, and when nothing answers within the health interval or the timeout. */
    @Override
    public CompletionStage<Boolean> healthy() {
        String path = settings.healthPath();
        if (path == null) {
            return CompletableFuture.completedFuture(false);
        }
        Duration interval = settings.healthInterval();
        Duration bound = interval.compareTo(settings.timeout()) < 0 ? interval : settings.timeout();
        return exchange(requests.ofHealth(path), bound)
                .handle((answer, error) -> error == null && answer.status() / 100 == 2);
    }

    private CompletionStage<Answer> exchange(HttpRequest request, Duration timeout) {
        BoundedExchange exchange = new BoundedExchange(timeout, executor);
        start(request, connections.use(), exchange, true);
        return exchange.answer();
    }

    private void start(HttpRequest request, Connections.Use use, BoundedExchange exchange, boolean mayRetry) {
        AtomicBoolean hasHead = new AtomicBoolean();
        CompletableFuture<HttpResponse<byte @Nullable []>> response = use.client()
                .sendAsync(request, head -> {
                    hasHead.set(true);
                    return bodyOf(head);
                });
        exchange.runs(response);
        CompletionStage<Void> unused = response.handle((complete, error) -> {
            if (error == null) {
                if (staysOpen(complete.headers())) {
                    use.giveBack();
                }
                exchange.complete(answerOf(complete));
            } else if (mayRetry
                    && !exchange.isOver()
                    && use.mayBeReused()
                    && Breaks.isBeforeAnyByte(error, hasHead.get())) {
                start(request, connections.useFresh(use), exchange, false);
            } else {
                exchange.fail(error);
            }
            return null;
        });
    }

    private HttpResponse.BodySubscriber<byte @Nullable []> bodyOf(HttpResponse.ResponseInfo info) {
        boolean isSuccess = info.statusCode() / 100 == 2;
        return isSuccess && keepsResults ? new LimitedBody(MOST_BODY_BYTES) : BodySubscribers.replacing(null);
    }

    private static Answer answerOf(HttpResponse<byte @Nullable []> response) {
        byte[] body = response.body();
        HttpHeaders headers = response.headers();
        return new Answer(
                response.statusCode(),
                body == null || body.length == 0 ? null : body,
                headers.firstValue("Retry-After").orElse(null),
                headers.firstValue("Date").orElse(null));
    }

    private static boolean staysOpen(HttpHeaders headers) {
        return headers.allValues("Connection").stream().noneMatch("close"::equalsIgnoreCase);
    }
}

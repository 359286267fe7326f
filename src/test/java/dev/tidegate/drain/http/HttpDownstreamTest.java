package dev.tidegate.drain.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.drain.Answer;
import dev.tidegate.fixture.Ports;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpDownstreamTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String BEGUN_BODY = "HTTP/1.1 200 OK|Content-Length: 20||only this";

    private final ExecutorService executor = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    @Test
    void a_complete_answer_brings_status_body_and_the_two_headers() throws IOException {
        String said = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nRetry-After: 12\r\nRetry-After: 20\r\n"
                + "Date: Wed, 02 Jan 2030 10:00:00 GMT\r\n\r\nabc";
        try (RawServer server = new RawServer((nth, connection) -> RawServer.say(connection, said))) {
            Answer answer = send(server.uri(), LONG);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).asString(UTF_8).isEqualTo("abc");
            assertThat(answer.retryAfter()).isEqualTo("12");
            assertThat(answer.date()).isEqualTo("Wed, 02 Jan 2030 10:00:00 GMT");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 302, 307, 400, 401, 403, 404, 407, 409, 418, 429, 500, 503, 599})
    void every_status_is_an_answer_and_no_redirect_is_followed(int status) throws IOException {
        String said = "HTTP/1.1 " + status + " Said\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n";
        try (RawServer server = new RawServer((nth, connection) -> RawServer.say(connection, said))) {
            assertThat(send(server.uri(), LONG).status()).isEqualTo(status);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void nothing_that_listens_fails_as_such() {
        assertThatThrownBy(() -> send(URI.create("http://127.0.0.1:" + Ports.free()), LONG))
                .hasCauseInstanceOf(ConnectException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nonly this"})
    void the_timeout_runs_to_the_last_byte_of_the_body(String begun) throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer server = new RawServer((nth, connection) -> {
            RawServer.say(connection, begun);
            hang(never);
        })) {
            assertThatThrownBy(() -> send(server.uri(), Duration.ofMillis(300)))
                    .hasCauseInstanceOf(HttpTimeoutException.class)
                    .hasMessageContaining("no complete answer within PT0.3S");
        }
    }

    /** How a connection breaks. */
    enum Break {
        FIN,
        RESET;

        void on(Socket connection) throws IOException {
            if (this == RESET) {
                connection.setSoLinger(true, 0);
            }
            connection.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_reused_connection_that_breaks_before_any_byte_is_tried_once_more_on_a_fresh_one(Break how)
            throws IOException {
        try (RawServer server = new RawServer((nth, connection) -> {
            if (nth == 2) {
                how.on(connection);
                return;
            }
            RawServer.say(connection, RawServer.OK);
        })) {
            HttpDownstream downstream = downstream(server.uri(), LONG, Map.of());
            assertThat(send(downstream).status()).isEqualTo(200);

            assertThat(send(downstream).status()).isEqualTo(200);

            assertThat(server.requests()).hasSize(3);
            assertThat(server.requests().get(1)).isEqualTo(server.requests().get(2));
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void it_is_tried_once_more_only_once(Break how) throws IOException {
        try (RawServer server = new RawServer((nth, connection) -> {
            if (nth > 1) {
                how.on(connection);
                return;
            }
            RawServer.say(connection, RawServer.OK);
        })) {
            HttpDownstream downstream = downstream(server.uri(), LONG, Map.of());
            send(downstream);

            assertThatThrownBy(() -> send(downstream)).hasCauseInstanceOf(IOException.class);

            assertThat(server.requests()).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_fresh_connection_that_breaks_is_not_tried_again(Break how) throws IOException {
        try (RawServer server = new RawServer((nth, connection) -> how.on(connection))) {
            assertThatThrownBy(() -> send(server.uri(), LONG)).hasCauseInstanceOf(IOException.class);

            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"FIN, HTTP/1.1 20", "RESET, HTTP/1.1 20", "FIN, " + BEGUN_BODY, "RESET, " + BEGUN_BODY})
    void a_reused_connection_that_breaks_within_the_answer_is_not_tried_again(Break how, String begun)
            throws IOException {
        try (RawServer server = new RawServer((nth, connection) -> {
            RawServer.say(connection, nth == 1 ? RawServer.OK : begun.replace("|", "\r\n"));
            if (nth > 1) {
                how.on(connection);
            }
        })) {
            HttpDownstream downstream = downstream(server.uri(), LONG, Map.of());
            send(downstream);

            assertThatThrownBy(() -> send(downstream)).hasCauseInstanceOf(IOException.class);

            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void a_body_that_nobody_wants_is_not_kept() throws IOException {
        try (RawServer server = new RawServer((nth, connection) -> RawServer.say(connection, RawServer.OK))) {
            HttpDownstream downstream = HttpDownstream.withoutResults(settings(server.uri(), LONG, Map.of()), executor);

            assertThat(send(downstream).body()).isNull();
        }
    }

    @Test
    void a_delivery_that_nobody_waits_for_is_not_sent() {
        TestDelivery cancelled =
                new TestDelivery("g", TestDelivery.TOPIC_ID, 1, null, new byte[0], new RecordHeaders(), true);
        HttpDownstream downstream = downstream(URI.create("http://127.0.0.1:" + Ports.free()), LONG, Map.of());

        assertThatThrownBy(
                        () -> downstream.send(cancelled).toCompletableFuture().join())
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void health_is_a_2xx_from_the_health_path() throws IOException {
        try (RawServer server = new RawServer((nth, connection) ->
                RawServer.say(connection, nth == 1 ? RawServer.OK : "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"))) {
            HttpDownstream downstream = downstream(server.uri(), LONG, Map.of("Authorization", "Bearer t"));

            assertThat(downstream.healthy().toCompletableFuture().join()).isTrue();
            assertThat(downstream.healthy().toCompletableFuture().join()).isFalse();

            assertThat(server.requests().get(0))
                    .startsWith("GET /health HTTP/1.1\r\n")
                    .contains("Bearer t");
        }
    }

    @Test
    void what_does_not_answer_is_not_healthy() {
        HttpDownstream downstream = downstream(URI.create("http://127.0.0.1:" + Ports.free()), LONG, Map.of());

        assertThat(downstream.healthy().toCompletableFuture().join()).isFalse();
    }

    @Test
    void a_header_that_cannot_be_sent_is_refused_at_the_start_without_its_value() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> downstream(URI.create("http://x"), LONG, Map.of("x-token", "secret\r\nX: 1")))
                .withMessageContaining("tidegate.downstream.shop.header.x-token")
                .withMessageNotContaining("secret")
                .withNoCause();
    }

    private Answer send(URI uri, Duration timeout) {
        return send(downstream(uri, timeout, Map.of()));
    }

    private static Answer send(HttpDownstream downstream) {
        return downstream
                .send(TestDelivery.of(null, new byte[] {1}))
                .toCompletableFuture()
                .join();
    }

    private HttpDownstream downstream(URI uri, Duration timeout, Map<String, String> headers) {
        return new HttpDownstream(settings(uri, timeout, headers), executor);
    }

    static DownstreamSettings settings(URI uri, Duration timeout, Map<String, String> headers) {
        return new DownstreamSettings(
                "shop",
                uri,
                "/{drainer}/{topic}",
                "application/octet-stream",
                timeout,
                "/health",
                Duration.ofSeconds(10),
                "http",
                headers,
                Set.of(),
                Set.of(),
                Set.of());
    }

    private static void hang(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}

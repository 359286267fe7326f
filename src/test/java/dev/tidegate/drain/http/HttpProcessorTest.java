package dev.tidegate.drain.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.drain.Answer;
import dev.tidegate.drain.Delivery;
import dev.tidegate.drain.Downstream;
import dev.tidegate.drain.Outcome;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProcessorTest {
    private static final DownstreamSettings USUAL =
            HttpDownstreamTest.settings(URI.create("http://x"), Duration.ofSeconds(1), Map.of());

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 206, 299})
    void done(int status) {
        assertThat(outcome(USUAL, status))
                .isInstanceOfSatisfying(
                        Outcome.Done.class, done -> assertThat(done.result()).containsExactly(7));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 402, 406, 410, 411, 412, 413, 414, 415, 416, 417, 418, 422, 431, 451, 499})
    void rejected(int status) {
        assertThat(outcome(USUAL, status)).isEqualTo(new Outcome.Rejected("downstream shop answered " + status, true));
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 423})
    void busy(int status) {
        assertThat(outcome(USUAL, status)).isEqualTo(new Outcome.Busy(Duration.ofSeconds(12)));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {300, 301, 302, 304, 307, 308, 401, 403, 404, 405, 407, 408, 425, 429, 500, 502, 503, 504, 599, 600})
    void failed(int status) {
        assertThat(outcome(USUAL, status))
                .isEqualTo(new Outcome.Failed("downstream shop answered " + status, Duration.ofSeconds(12)));
    }

    @Test
    void the_settings_come_before_the_table() {
        DownstreamSettings own = new DownstreamSettings(
                "shop",
                URI.create("http://x"),
                "/",
                "text/plain",
                Duration.ofSeconds(1),
                null,
                Duration.ofSeconds(1),
                "http",
                Map.of(),
                Set.of(404, 202),
                Set.of(429, 404),
                Set.of(422, 200));

        assertThat(outcome(own, 404)).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcome(own, 202)).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcome(own, 429)).isInstanceOf(Outcome.Busy.class);
        assertThat(outcome(own, 422)).isInstanceOf(Outcome.Failed.class);
        assertThat(outcome(own, 200)).isInstanceOf(Outcome.Failed.class);
        assertThat(outcome(own, 503)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void no_answer_is_a_failure_that_tells_why() {
        Outcome outcome = outcome(
                USUAL,
                CompletableFuture.failedFuture(
                        new CompletionException(new HttpTimeoutException("no complete answer within PT2S"))));

        assertThat(outcome)
                .isEqualTo(new Outcome.Failed(
                        "downstream shop: HttpTimeoutException: no complete answer within PT2S", null));
    }

    @Test
    void a_result_that_is_too_large_is_the_records_fault_and_no_outage() {
        Outcome outcome =
                outcome(USUAL, CompletableFuture.failedFuture(new CompletionException(new ResultTooLargeException(5))));

        assertThat(outcome)
                .isEqualTo(new Outcome.Rejected(
                        "result too large: downstream shop: the answer's body is larger than 5 bytes", true));
    }

    private static Outcome outcome(DownstreamSettings settings, int status) {
        return outcome(
                settings, CompletableFuture.completedFuture(new Answer(status, new byte[] {7}, "12", "irrelevant")));
    }

    private static Outcome outcome(DownstreamSettings settings, CompletionStage<Answer> answer) {
        Downstream downstream = new Downstream() {
            @Override
            public CompletionStage<Answer> send(Delivery delivery) {
                return answer;
            }

            @Override
            public CompletionStage<Boolean> healthy() {
                return CompletableFuture.completedFuture(true);
            }
        };
        return new HttpProcessor(downstream, settings)
                .process(TestDelivery.of(null, null))
                .toCompletableFuture()
                .join();
    }
}

package dev.tidegate.demo.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoDownstreamTest {
    private static final long SEED = 4711;

    private final HttpClient client = HttpClient.newHttpClient();
    private DemoDownstream downstream;

    @BeforeEach
    void start() throws IOException {
        downstream = DemoDownstream.start(0, Limits.ORACLE, new Random(SEED));
    }

    @AfterEach
    void stop() {
        downstream.close();
    }

    @Test
    void a_record_is_handled_and_logged() throws Exception {
        HttpRequest record = post("orders")
                .header("Idempotency-Key", "\"group:topic:3:42\"")
                .header("Kafka-Key", "customer-7")
                .build();

        HttpResponse<String> answer = client.send(record, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer)).isEqualTo(json("{\"handled\":\"group:topic:3:42\",\"by\":\"orders\",\"bytes\":5}"));
        assertThat(downstream.calls("orders")).singleElement().satisfies(call -> {
            assertThat(call.id()).isEqualTo("group:topic:3:42");
            assertThat(call.key()).isEqualTo("customer-7");
            assertThat(call.outcome()).isEqualTo(Outcome.DONE);
            assertThat(call.endNanos()).isGreaterThanOrEqualTo(call.startNanos());
        });
    }

    @Test
    void a_record_without_an_id_gets_one_of_the_downstreams_own() throws Exception {
        call("orders");
        call("orders");

        assertThat(downstream.counts("orders").distinctDone()).isEqualTo(2);
        assertThat(downstream.calls("orders")).extracting(Call::id).containsExactly("orders-1", "orders-2");
    }

    @Test
    void an_error_is_answered_with_its_status_until_it_is_mended() throws Exception {
        assertThat(put("orders", "{\"mode\":\"error\",\"status\":500}").statusCode())
                .isEqualTo(200);
        assertThat(call("orders").statusCode()).isEqualTo(500);
        assertThat(call("stock").statusCode()).isEqualTo(200);

        put("orders", "{\"mode\":\"none\"}");
        assertThat(call("orders").statusCode()).isEqualTo(200);
        assertThat(downstream.counts("orders").of(Outcome.ERROR)).isEqualTo(1);
        assertThat(downstream.counts("orders").of(Outcome.DONE)).isEqualTo(1);
    }

    @Test
    void a_refused_call_gets_no_answer() {
        downstream.fault("orders", Fault.refuse());

        assertThatThrownBy(() -> call("orders")).isInstanceOf(IOException.class);
        assertThat(downstream.counts("orders").of(Outcome.REFUSED)).isPositive();
    }

    @Test
    void a_slow_call_is_handled_after_the_delay() throws Exception {
        downstream.fault("orders", Fault.slow(Duration.ofMillis(200)));

        assertThat(call("orders").statusCode()).isEqualTo(200);

        assertThat(downstream.calls("orders")).singleElement().satisfies(call -> {
            assertThat(call.outcome()).isEqualTo(Outcome.DONE);
            assertThat(call.endNanos() - call.startNanos())
                    .isGreaterThanOrEqualTo(Duration.ofMillis(200).toNanos());
        });
    }

    @Test
    void many_hanging_calls_do_not_stop_the_others_and_end_with_the_fault() throws Exception {
        downstream.fault("orders", Fault.hang());
        List<CompletableFuture<HttpResponse<String>>> hanging = new ArrayList<>();
        for (int number = 0; number < 200; number++) {
            hanging.add(client.sendAsync(post("orders").build(), BodyHandlers.ofString()));
        }
        await().until(() -> downstream.counts("orders").open() == 200);

        assertThat(call("stock").statusCode()).isEqualTo(200);
        assertThat(hanging).noneMatch(CompletableFuture::isDone);

        downstream.fault("orders", Fault.NONE);
        await().until(() -> hanging.stream().allMatch(CompletableFuture::isDone));
        assertThat(downstream.counts("orders").of(Outcome.HUNG)).isEqualTo(200);
        assertThat(downstream.counts("orders").open()).isZero();
    }

    @Test
    void only_so_many_calls_may_be_open() throws Exception {
        try (DemoDownstream small = DemoDownstream.start(0, new Limits(10, 10, 1), new Random(SEED))) {
            small.fault("orders", Fault.hang());
            URI uri = URI.create(small.baseUrl() + "/orders");
            HttpRequest record = HttpRequest.newBuilder(uri)
                    .POST(BodyPublishers.ofString("hello"))
                    .build();
            CompletableFuture<HttpResponse<String>> unused = client.sendAsync(record, BodyHandlers.ofString());
            await().until(() -> small.counts("orders").open() == 1);

            assertThat(client.send(record, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(503);
            assertThat(small.counts("orders").of(Outcome.OVERLOADED)).isEqualTo(1);
        }
    }

    @Test
    void a_ratio_breaks_a_part_of_the_calls() throws Exception {
        downstream.fault("orders", Fault.error(503).withRatio(0.5));

        for (int number = 0; number < 100; number++) {
            call("orders");
        }

        assertThat(downstream.counts("orders").of(Outcome.ERROR))
                .as("of 100 with seed " + SEED)
                .isBetween(30L, 70L);
    }

    @Test
    void a_wrong_fault_is_refused_with_a_readable_reason_and_changes_nothing() throws Exception {
        downstream.fault("orders", Fault.error(500));

        HttpResponse<String> answer = put("orders", "{\"mode\":\"explode\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).getString("detail"))
                .isEqualTo("the fault was not changed: mode is \"explode\", but allowed is one of none, error, hang,"
                        + " slow, refuse");
        assertThat(downstream.fault("orders")).isEqualTo(Fault.error(500));
    }

    @Test
    void calls_shows_counts_the_fault_and_the_newest_hundred() throws Exception {
        for (int number = 1; number <= 105; number++) {
            call("orders");
        }
        downstream.fault("orders", Fault.hang());

        JsonObject shown =
                json(client.send(HttpRequest.newBuilder(uri("orders/calls")).build(), BodyHandlers.ofString()));

        assertThat(shown.getJsonObject("counts").getInt("done")).isEqualTo(105);
        assertThat(shown.getInt("distinctIds")).isEqualTo(105);
        assertThat(shown.getJsonObject("fault").getString("mode")).isEqualTo("hang");
        assertThat(shown.getJsonArray("calls")).hasSize(100);
        assertThat(shown.getJsonArray("calls").getJsonObject(0).getString("id")).isEqualTo("orders-105");
    }

    @Test
    void an_unknown_path_or_method_is_answered_with_what_there_is() throws Exception {
        HttpResponse<String> unknown =
                client.send(HttpRequest.newBuilder(uri("orders/nothing")).build(), BodyHandlers.ofString());
        HttpResponse<String> wrong =
                client.send(HttpRequest.newBuilder(uri("orders")).DELETE().build(), BodyHandlers.ofString());

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(json(wrong).getString("detail")).contains("POST /<name>");
    }

    @Test
    void closing_ends_what_hangs() {
        downstream.fault("orders", Fault.hang());
        CompletableFuture<HttpResponse<String>> hanging =
                client.sendAsync(post("orders").build(), BodyHandlers.ofString());
        await().until(() -> downstream.counts("orders").open() == 1);

        downstream.close();

        await().until(hanging::isDone);
        assertThat(hanging).isCompletedExceptionally();
    }

    private HttpResponse<String> call(String name) throws IOException, InterruptedException {
        return client.send(post(name).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder post(String name) {
        return HttpRequest.newBuilder(uri(name)).POST(BodyPublishers.ofString("hello"));
    }

    private HttpResponse<String> put(String name, String fault) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(name + "/fault"))
                .PUT(BodyPublishers.ofString(fault))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create(downstream.baseUrl() + "/" + path);
    }

    private static JsonObject json(HttpResponse<String> answer) {
        return json(answer.body());
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}

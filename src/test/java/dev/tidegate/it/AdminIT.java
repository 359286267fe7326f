package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.fixture.LibertyServer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real server answers over HTTP. Its broker's address leads nowhere, its store is the embedded one. */
class AdminIT {
    private static final List<String> CALLS = List.of(
            "circuits",
            "circuits/drainer-1",
            "circuits/drainer-1/history",
            "history",
            "drainers",
            "drainers/drainer-1",
            "publishers",
            "instances",
            "overrides",
            "settings",
            "status");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private static Path directory;

    private static LibertyServer server;

    @BeforeAll
    static void start() {
        server = new LibertyServer(
                "admin",
                directory,
                Map.of("TIDEGATE_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9", "TIDEGATE_VIEWER_PASSWORD", "for-viewers"));
        server.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void every_call_needs_a_login_and_says_so_in_a_problem_document() throws Exception {
        for (String call : CALLS) {
            HttpResponse<String> answer = anonymous("GET", "/api/v1/" + call);

            assertThat(answer.statusCode()).as(call).isEqualTo(401);
            assertProblem(answer);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"Tidegate\"");
            assertThat(server.get("/api/v1/" + call, "admin", "wrong").statusCode())
                    .as(call)
                    .isEqualTo(401);
        }
    }

    @Test
    void a_user_whose_password_was_never_set_cannot_log_in() {
        for (String guess : List.of("", "${TIDEGATE_OPERATOR_PASSWORD}", "operator")) {
            assertThat(server.get("/api/v1/status", "operator", guess).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void a_viewer_may_make_every_reading_call() {
        for (String call : CALLS) {
            HttpResponse<String> answer = server.get("/api/v1/" + call, "viewer", "for-viewers");

            assertThat(answer.statusCode()).as(call).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
            assertThat(Instant.parse(answer.headers().firstValue("Tidegate-Now").orElseThrow()))
                    .isAfter(Instant.EPOCH);
        }
    }

    @Test
    void a_circuit_is_told_with_its_version_as_tag_and_the_source_of_each_setting() {
        HttpResponse<String> answer = server.get("/api/v1/circuits/drainer-1");

        JsonObject circuit = object(answer);
        assertThat(answer.headers().firstValue("ETag")).contains("\"" + circuit.getInt("version") + "\"");
        assertThat(circuit.getString("state")).isEqualTo("CLOSED");
        assertThat(circuit.getString("kind")).isEqualTo("drainer");
        assertThat(circuit.isNull("retryAt")).isTrue();
        assertThat(circuit.getJsonObject("policy").getJsonObject("break-duration"))
                .containsEntry("value", Json.createValue("PT30S"))
                .containsEntry("source", Json.createValue("default"));
    }

    @Test
    void the_default_five_and_five_are_told() {
        assertThat(namesOf("/api/v1/circuits")).hasSize(10).contains("drainer-5", "publisher-1");
        assertThat(namesOf("/api/v1/drainers")).hasSize(5);
        assertThat(namesOf("/api/v1/publishers")).hasSize(5);
    }

    @Test
    void the_status_says_what_is_away() {
        JsonObject status = object(server.get("/api/v1/status"));

        assertThat(status.getString("status")).isEqualTo("UNHEALTHY");
        assertThat(status.getString("broker")).isEqualTo("AWAY");
        assertThat(status.getString("store")).isEqualTo("UP");
    }

    @Test
    void no_setting_tells_a_secret() {
        assertThat(server.get("/api/v1/settings").body()).doesNotContain(server.password(), "for-viewers");
    }

    @Test
    void what_is_not_there_is_a_problem_with_the_nearest_names() {
        HttpResponse<String> answer = server.get("/api/v1/circuits/drainer-l");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertProblem(answer);
        assertThat(object(answer).getJsonArray("nearest")).contains(Json.createValue("drainer-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "history?limit=0",
                "history?limit=-1",
                "history?limit=1000000000",
                "history?limit=",
                "history?from=now",
                "history?kind=x",
                "circuits/drainer-1/history?before=x",
                "circuits/drainer-1/history?limit=NaN"
            })
    void a_parameter_out_of_bounds_is_a_bad_request(String call) {
        HttpResponse<String> answer = server.get("/api/v1/" + call);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertProblem(answer);
        assertThat(object(answer).getString("detail")).contains("allowed is");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//circuits",
                "/./circuits/../../x",
                "/circuits/%2e%2e",
                "/circuits/a%2Fb",
                "/circuits/;x=1",
                "/circuits/%00",
                "/circuits/%0d%0aX:y",
                "/circuits/%3Cscript%3E",
                "/circuits/$%7Bjndi:ldap:x%7D",
                "/circuits/%F0%9F%8C%8A",
                "/circuits/'%20OR%201=1--",
                "/nothing",
                "/circuits/drainer-1/nothing"
            })
    void a_strange_path_is_refused_without_a_stack_trace(String path) {
        HttpResponse<String> answer = server.get("/api/v1" + path);

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("at com.", "at java.", "at dev.", "Exception");
    }

    @Test
    void a_name_of_ten_kilobytes_is_not_found() {
        HttpResponse<String> answer = server.get("/api/v1/circuits/" + "x".repeat(10_000));

        assertThat(answer.statusCode()).isIn(400, 404, 414);
        assertThat(answer.body()).hasSizeLessThan(1_000);
    }

    @Test
    void a_method_that_a_path_does_not_take_is_told_with_those_that_it_takes() throws Exception {
        HttpResponse<String> answer = send(
                "DELETE",
                "/api/v1/circuits",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(("admin:" + server.password()).getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertProblem(answer);
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET");
    }

    @Test
    void the_page_needs_a_login_and_may_load_from_this_server_alone() throws Exception {
        assertThat(anonymous("GET", "/").statusCode()).isEqualTo(401);
        assertThat(anonymous("GET", "/scripts/main.js").statusCode()).isEqualTo(401);

        HttpResponse<String> page = server.get("/");
        HttpResponse<String> script = server.get("/scripts/main.js");

        assertThat(page.body()).contains("<title>Tidegate</title>");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'", "frame-ancestors 'none'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(script.headers().firstValue("Content-Type").orElse("")).startsWith("text/javascript");
        assertThat(script.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    }

    @Test
    void health_tells_anyone_names_and_states_and_nothing_else() throws Exception {
        assertThat(anonymous("GET", "/health/live").statusCode()).isEqualTo(200);
        assertThat(anonymous("GET", "/health/started").statusCode()).isEqualTo(200);

        HttpResponse<String> ready = anonymous("GET", "/health/ready");

        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).doesNotContain("127.0.0.1", "Exception", "Timed out");
        for (JsonValue check : object(ready).getJsonArray("checks")) {
            assertThat(check.asJsonObject().getJsonObject("data").values())
                    .allSatisfy(state -> assertThat(state.toString()).matches("\"[A-Z_]+\""));
        }
    }

    @Test
    void metrics_tell_of_circuits_drainers_and_publishers() throws Exception {
        HttpResponse<String> metrics = anonymous("GET", "/metrics");

        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body())
                .contains(
                        "tidegate_circuit_state{circuit=\"drainer-1\"",
                        "tidegate_drainer_lag_records{drainer=\"drainer-1\"",
                        "tidegate_publisher_records_total{",
                        "# TYPE tidegate_drainer_handled_total counter",
                        "tidegate_broker_reachable{mp_scope=\"application\",} 0.0");
    }

    private static List<String> namesOf(String path) {
        try (var reader = Json.createReader(new StringReader(server.get(path).body()))) {
            JsonArray all = reader.readArray();
            return all.getValuesAs(JsonObject.class).stream()
                    .map(one -> one.getString("name"))
                    .toList();
        }
    }

    private static JsonObject object(HttpResponse<String> answer) {
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }

    private static void assertProblem(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(object(answer).getInt("status")).isEqualTo(answer.statusCode());
        assertThat(object(answer).getString("detail")).isNotBlank();
    }

    private static HttpResponse<String> anonymous(String method, String path) throws IOException, InterruptedException {
        return send(method, path, null);
    }

    private static HttpResponse<String> send(String method, String path, String authorization)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.uri(path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}

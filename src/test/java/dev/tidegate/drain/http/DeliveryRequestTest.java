package dev.tidegate.drain.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks at requests as they go over the wire. */
class DeliveryRequestTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private RawServer server;

    @BeforeEach
    void begin() throws IOException {
        server = new RawServer((nth, connection) -> RawServer.say(connection, RawServer.OK));
    }

    @AfterEach
    void end() throws IOException {
        server.close();
        executor.shutdownNow();
    }

    @Test
    void the_request_names_the_record() {
        String request = send(TestDelivery.of("k-1".getBytes(UTF_8), "body".getBytes(UTF_8)));

        assertThat(request)
                .startsWith("POST /base/orders/orders.in HTTP/1.1\r\n")
                .endsWith("\r\n\r\nbody");
        assertThat(lines(request))
                .contains(
                        "Idempotency-Key: \"tg-orders:" + TestDelivery.TOPIC_ID + ":3:42\"",
                        "Kafka-Topic: orders.in",
                        "Kafka-Partition: 3",
                        "Kafka-Offset: 42",
                        "Kafka-Timestamp: 1700000000123",
                        "Kafka-Key: k-1",
                        "Content-Type: application/octet-stream",
                        "Content-Length: 4",
                        "X-Token: t");
    }

    @Test
    void no_value_is_no_body_with_a_marker_and_an_empty_value_is_an_empty_body() {
        String none = send(TestDelivery.of(null, null));
        String empty = send(TestDelivery.of(new byte[0], new byte[0]));

        assertThat(lines(none)).contains("Kafka-Value-Null: true", "Content-Length: 0");
        assertThat(none).doesNotContain("Content-Type", "Kafka-Key");
        assertThat(lines(empty)).contains("Content-Length: 0", "Kafka-Key: ");
        assertThat(empty).doesNotContain("Kafka-Value-Null").contains("Content-Type");
    }

    @Test
    void a_key_that_is_not_printable_text_goes_in_base64() {
        assertThat(lines(send(TestDelivery.of(new byte[] {0, (byte) 0xff}, new byte[0]))))
                .contains("Kafka-Key-Base64: AP8=");
        assertThat(lines(send(TestDelivery.of(" k".getBytes(UTF_8), new byte[0]))))
                .contains("Kafka-Key-Base64: IGs=");
        assertThat(lines(send(TestDelivery.of(new byte[2_000], new byte[0])))).contains("Kafka-Key-Size: 2000");
    }

    @Test
    void a_topic_without_an_id_and_a_strange_group_still_make_one_key_of_ascii() {
        TestDelivery delivery =
                new TestDelivery("a\"\\é%\r\nX: 1", Uuid.ZERO_UUID, -1, null, new byte[0], new RecordHeaders(), false);

        String request = send(delivery);

        assertThat(lines(request))
                .contains("Idempotency-Key: \"a\\\"\\\\%C3%A9%25%0D%0AX: 1:orders.in:3:42\"")
                .noneMatch(line -> line.startsWith("X:") || line.startsWith("Kafka-Timestamp"));
    }

    @Test
    void headers_of_the_record_have_names_that_cannot_be_taken_for_ours() {
        String request = send(TestDelivery.of(null, new byte[0])
                .with("Topic", "evil".getBytes(UTF_8))
                .with("a b:é", "text".getBytes(UTF_8))
                .with("bytes", new byte[] {'\r', '\n', 'X', ':', '1'})
                .with("none", null)
                .with("twice", "1".getBytes(UTF_8))
                .with("twice", "2".getBytes(UTF_8)));

        assertThat(lines(request))
                .contains(
                        "Kafka-Topic: orders.in",
                        "Kafka-Header-Topic: evil",
                        "Kafka-Header-a%20b%3A%C3%A9: text",
                        "Kafka-Binary-Header-bytes: DQpYOjE=",
                        "Kafka-Header-twice: 1",
                        "Kafka-Header-twice: 2")
                .noneMatch(line -> line.startsWith("X:") || line.contains("none"));
    }

    @Test
    void a_well_formed_trace_is_passed_on() {
        String request = send(TestDelivery.of(null, new byte[0])
                .with("traceparent", TRACE.getBytes(UTF_8))
                .with("tracestate", "v=1".getBytes(UTF_8)));

        assertThat(lines(request)).contains("traceparent: " + TRACE, "tracestate: v=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nX: 1"
            })
    void a_malformed_trace_is_left_out(String parent) {
        String request = send(TestDelivery.of(null, new byte[0])
                .with("traceparent", parent.getBytes(UTF_8))
                .with("tracestate", "v=1".getBytes(UTF_8)));

        assertThat(request).doesNotContainIgnoringCase("trace");
    }

    @Test
    void many_and_large_headers_are_left_out_beyond_the_limits() {
        TestDelivery delivery = TestDelivery.of(null, new byte[0]).with("x".repeat(60_000), new byte[0]);
        for (int i = 0; i < 1_000; i++) {
            delivery.with("h" + i, "v".getBytes(UTF_8));
        }

        String request = send(delivery);

        assertThat(lines(request)).contains("Kafka-Headers-Omitted: 937", "Kafka-Header-h63: v");
        assertThat(request.length()).isLessThan(8_192);
    }

    @Test
    void random_bytes_never_break_a_line() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            byte[] key = bytes(random, 40);
            TestDelivery delivery = TestDelivery.of(key, bytes(random, 10))
                    .with(new String(bytes(random, 12), ISO_8859_1), bytes(random, 60));

            String request = send(delivery);

            assertThat(lines(request))
                    .as("seed %d", seed)
                    .allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c <= '~'))
                    .hasSizeLessThan(16);
        }
    }

    private String send(TestDelivery delivery) {
        HttpDownstream downstream = new HttpDownstream(
                HttpDownstreamTest.settings(
                        URI.create(server.uri() + "/base/"), Duration.ofSeconds(10), Map.of("X-Token", "t")),
                executor);
        assertThat(downstream.send(delivery).toCompletableFuture().join().status())
                .isEqualTo(200);
        return server.requests().get(server.requests().size() - 1);
    }

    private static List<String> lines(String request) {
        return Arrays.asList(request.substring(0, request.indexOf("\r\n\r\n")).split("\r\n", -1));
    }

    private static byte[] bytes(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }
}

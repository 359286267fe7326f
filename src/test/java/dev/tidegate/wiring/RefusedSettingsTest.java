package dev.tidegate.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each wrong value stops the start with key, value, source and what is allowed. */
class RefusedSettingsTest {
    private static final String THRESHOLD = "tidegate.circuit.defaults.failure-threshold";
    private static final String RATIO = "tidegate.circuit.defaults.failure-ratio";
    private static final String PAUSE = "tidegate.circuit.defaults.break-duration";

    static Stream<Arguments> wrongNumbers() {
        return Stream.of(
                arguments(THRESHOLD, "-1", "allowed is a whole number from 0 to 10000"),
                arguments(THRESHOLD, "1000000000", "allowed is a whole number from 0 to 10000"),
                arguments(THRESHOLD, "1e9", "is not a whole number in plain digits"),
                arguments(THRESHOLD, "NaN", "is not a whole number in plain digits"),
                arguments(THRESHOLD, "5 ", "begins or ends with a space"),
                arguments(THRESHOLD, " 5", "begins or ends with a space"),
                arguments(THRESHOLD, "", "is empty; allowed is a whole number from 0 to 10000 (remove the key"),
                arguments(THRESHOLD, " ", "begins or ends with a space"),
                arguments(THRESHOLD, "99999999999999999999", "is not a whole number in plain digits"),
                arguments(THRESHOLD, "\u0665", "is not a whole number in plain digits"),
                arguments(THRESHOLD, "0", "nothing would ever trip; set tidegate.circuit.defaults.failure-ratio"),
                arguments(
                        "tidegate.circuit.pay.slow-call-ratio",
                        "0.5",
                        "set tidegate.circuit.pay.slow-call-duration too"),
                arguments(
                        "tidegate.circuit.pay.slow-call-duration",
                        "PT1S",
                        "set tidegate.circuit.pay.slow-call-ratio too"),
                arguments(
                        "tidegate.circuit.pay.sampling-calls", "2", "is below tidegate.circuit.pay.minimum-throughput"),
                arguments(RATIO, "50", "for 50 per cent write 0.5"),
                arguments(RATIO, "NaN", "is not a number"),
                arguments(RATIO, "0", "allowed is a ratio above 0 and at most 1"),
                arguments(RATIO, "-0.5", "is not a number"),
                arguments(RATIO, "101", "allowed is a ratio above 0 and at most 1"),
                arguments(RATIO, "1.01", "allowed is a ratio above 0 and at most 1"),
                arguments("tidegate.circuit.defaults.break-multiplier", "0.5", "allowed is a number from 1 to 10"),
                arguments("tidegate.drainer.defaults.buffer-bytes", "16MiB", "is not a whole number in plain digits"),
                arguments("tidegate.downstream.default.failed-statuses", "200", "from 300 to 599"),
                arguments("HTTP_PORT", "99999", "allowed is a whole number from 1 to 65535"));
    }

    static Stream<Arguments> wrongDurations() {
        return Stream.of(
                arguments(PAUSE, "30", "it needs a unit: for 30 seconds write PT30S"),
                arguments(PAUSE, "30s", "write PT30S"),
                arguments(PAUSE, "500ms", "write PT0.5"),
                arguments(PAUSE, "2 min", "write PT2M"),
                arguments(PAUSE, "PT30", "for 30 seconds write PT30S"),
                arguments(
                        PAUSE,
                        "soon",
                        "is not an ISO-8601 duration; allowed is an ISO-8601 duration from PT0.1S to P1D"),
                arguments(PAUSE, "PT-5S", "allowed is an ISO-8601 duration from PT0.1S to P1D"),
                arguments(PAUSE, "PT0.01S", "allowed is an ISO-8601 duration from PT0.1S to P1D"),
                arguments(PAUSE, "P2D", "allowed is an ISO-8601 duration from PT0.1S to P1D"),
                arguments("tidegate.circuit.defaults.break-max", "PT20S", "break-duration = PT30S"),
                arguments("tidegate.circuit.defaults.lease", "PT56S", "allowed is at least that plus PT2S, so PT57S"),
                arguments("tidegate.store.audit-retention", "1Y", "is not an ISO-8601 duration"),
                arguments("tidegate.store.timeout", "PT3S", "from PT0.05S to PT2S"),
                arguments("tidegate.drainer.defaults.retry-max-delay", "PT0.1S", "is below the first delay"),
                arguments(
                        "tidegate.drainer.defaults.quiesce-timeout",
                        "PT2M31S",
                        "is more than half of max.poll.interval.ms (300000, Kafka's default)"),
                arguments("tidegate.health.stuck-after", "PT5S", "from PT10S to PT1H"),
                arguments("tidegate.downstream.default.timeout", "PT0S", "from PT0.001S"));
    }

    static Stream<Arguments> wrongTexts() {
        return Stream.of(
                arguments("tidegate.circuit.defaults.record-on", "java.io.IOException,", "is empty"),
                arguments("tidegate.circuit.defaults.observing", "TRUE", "allowed is true or false"),
                arguments("tidegate.instance", "My_Host", "write my-host"),
                arguments("tidegate.instance", "defaults", "is not allowed here"),
                arguments("tidegate.drainers", "a,a", "has 'a' twice"),
                arguments("tidegate.drainers", "a,,b", "is empty"),
                arguments("tidegate.drainers", "Orders", "write orders"),
                arguments("tidegate.drainers", "a".repeat(64), "1 to 63 characters"),
                arguments("tidegate.drainer.defaults.topics", "bad topic", "a topic name"),
                arguments("tidegate.drainer.defaults.topics", "pattern:[", "does not compile"),
                arguments("tidegate.downstream.default.base-url", "localhost:8080", "http or https URL"),
                arguments("tidegate.downstream.default.base-url", "http://a b", "http or https URL"),
                arguments("tidegate.downstream.default.path", "orders", "a path beginning with '/'"),
                arguments(
                        "tidegate.downstream.default.path", "/{key}", "placeholders other than {drainer} and {topic}"));
    }

    static Stream<Arguments> wrongKafkaProperties() {
        return Stream.of(
                arguments("tidegate.drainer.defaults.kafka.enable.auto.commit", "true", "allowed is false"),
                arguments("tidegate.drainer.defaults.kafka.group.id", "x", "use tidegate.drainer.defaults.group"),
                arguments("tidegate.drainer.defaults.kafka.max.poll.records", "many", "Kafka refuses it"),
                arguments("tidegate.kafka.security.protocol", "", "is empty"),
                arguments("tidegate.publisher.defaults.kafka.acks", "1", "allowed is all"),
                arguments("tidegate.publisher.defaults.kafka.enable.idempotence", "false", "allowed is true"),
                arguments("tidegate.publisher.defaults.kafka.request.timeout.ms", "40000", "is longer than"),
                arguments("tidegate.publisher.defaults.kafka.linger.ms", "30000", "is not below"),
                arguments(
                        "tidegate.publisher.defaults.kafka.max.in.flight.requests.per.connection",
                        "6",
                        "allowed is 1 to 5"),
                arguments("tidegate.publisher.defaults.kafka.retries", "0", "allowed is 1 or more"),
                arguments(
                        "tidegate.publisher.defaults.kafka.key.serializer",
                        "org.apache.kafka.common.serialization.StringSerializer",
                        "publishers send bytes"),
                arguments(
                        "tidegate.publisher.defaults.kafka.max.block.ms",
                        "5",
                        "use tidegate.publisher.defaults.max-block"));
    }

    @ParameterizedTest(name = "{0} = \"{1}\"")
    @MethodSource({"wrongNumbers", "wrongDurations", "wrongTexts", "wrongKafkaProperties"})
    void a_wrong_value_is_refused(String key, String value, String problem) {
        List<SettingError> errors = ReadSettings.errorsOf(key, value);

        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.key()).isEqualTo(key);
            assertThat(error.value()).isEqualTo(value);
            assertThat(error.source()).isEqualTo("test.properties");
            assertThat(error.problem()).contains(problem);
        });
    }

    @Test
    void an_empty_environment_variable_is_refused() {
        ConfigTexts texts = ConfigTexts.of().environment("TIDEGATE_MONITOR_INTERVAL", "");

        assertThat(ReadSettings.errorsOf(texts))
                .containsExactly(new SettingError(
                        "tidegate.monitor.interval",
                        "",
                        "environment variable TIDEGATE_MONITOR_INTERVAL",
                        "is empty; allowed is an ISO-8601 duration from PT1S to PT10M"
                                + " (remove the key where its default is meant)"));
    }

    @Test
    void a_lease_below_the_downstreams_timeout_is_refused() {
        List<SettingError> errors = ReadSettings.errorsOf(
                "tidegate.drainers", "orders",
                "tidegate.downstream.default.timeout", "PT40S",
                "tidegate.circuit.orders.lease", "PT41S");

        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error.problem())
                        .isEqualTo(
                                "circuit 'orders' has a call timeout of PT40S; allowed is at least that plus PT2S, so PT42S"
                                        + " (remove the key for PT45S)"));
    }

    @Test
    void a_quiesce_timeout_that_the_poll_interval_leaves_no_room_for_is_refused_with_both_ways_out() {
        List<SettingError> errors = ReadSettings.errorsOf(
                "tidegate.drainers", "orders",
                "tidegate.kafka.max.poll.interval.ms", "10000",
                "tidegate.drainer.orders.quiesce-timeout", "PT6S");

        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.key()).isEqualTo("tidegate.drainer.orders.quiesce-timeout");
            assertThat(error.problem())
                    .contains("tidegate.kafka.max.poll.interval.ms = 10000")
                    .contains("allowed is at most PT5S (remove the key for that)")
                    .contains("set max.poll.interval.ms to at least 12000");
        });
    }

    @Test
    void a_drainer_and_a_publisher_of_one_name_are_refused() {
        List<SettingError> errors =
                ReadSettings.errorsOf("tidegate.drainers", "orders", "tidegate.publishers", "orders");

        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error.toString())
                        .contains("tidegate.publishers = \"orders\"")
                        .contains("'orders' is a drainer's name too")
                        .contains("rename one, for example to orders-done"));
    }

    @Test
    void a_publisher_on_a_drainers_circuit_is_refused() {
        assertThat(ReadSettings.errorsOf(
                        "tidegate.drainers", "orders",
                        "tidegate.publishers", "out",
                        "tidegate.publisher.out.circuit", "orders"))
                .extracting(SettingError::key)
                .containsExactly("tidegate.publisher.out.circuit");
    }

    @Test
    void names_whose_keys_share_an_environment_form_are_refused() {
        List<SettingError> errors = ReadSettings.errorsOf("tidegate.drainers", "orders,orders-quiesce");

        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error.problem())
                        .contains("has the same environment form as tidegate.drainer.orders-quiesce.timeout")
                        .contains("TIDEGATE_DRAINER_ORDERS_QUIESCE_TIMEOUT"));
    }

    @Test
    void an_unknown_publisher_is_refused_with_the_nearest() {
        List<SettingError> errors = ReadSettings.errorsOf(
                "tidegate.drainers", "orders",
                "tidegate.publishers", "orders-done,mail-done",
                "tidegate.drainer.orders.publisher", "order-done");

        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error.problem()).contains("the nearest is orders-done"));
    }

    @Test
    void dead_letters_that_would_come_back_are_refused() {
        assertThat(ReadSettings.errorsOf(
                        "tidegate.drainers", "orders",
                        "tidegate.drainer.orders.topics", "orders,spare",
                        "tidegate.drainer.orders.dead-letter-topic", "spare"))
                .extracting(SettingError::problem)
                .containsExactly("is a topic that drainer 'orders' reads: dead letters would come back");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"orders,orders.dlt;", "pattern:orders.*;orders-dead"})
    void dead_letters_that_their_drainer_would_read_are_refused(String topics, @Nullable String deadLetterTopic) {
        List<SettingError> errors = deadLetterTopic == null
                ? ReadSettings.errorsOf("tidegate.drainers", "orders", "tidegate.drainer.orders.topics", topics)
                : ReadSettings.errorsOf(
                        "tidegate.drainers", "orders",
                        "tidegate.drainer.orders.topics", topics,
                        "tidegate.drainer.orders.dead-letter-topic", deadLetterTopic);

        assertThat(errors)
                .extracting(SettingError::problem)
                .containsExactly("is a topic that drainer 'orders' reads: dead letters would come back");
    }

    @Test
    void a_password_in_a_refused_address_is_not_told() {
        assertThat(ReadSettings.errorsOf("tidegate.downstream.default.base-url", "ftp://shop:s3cret@host/x"))
                .singleElement()
                .satisfies(error ->
                        assertThat(error.toString()).contains("//***@host").doesNotContain("s3cret"));
    }

    @Test
    void a_header_of_the_http_client_is_refused() {
        assertThat(ReadSettings.errorsOf("tidegate.downstream.default.header.Host", "x"))
                .extracting(SettingError::problem)
                .containsExactly("'Host' is set by the HTTP client; remove the key");
    }

    @Test
    void a_secret_is_never_told() {
        List<SettingError> errors = ReadSettings.errorsOf(
                "tidegate.downstream.default.header.authorization", "s3cret\r\n",
                "tidegate.downstream.default.header.cookie", "s3cret\u00e9");

        assertThat(errors)
                .hasSize(2)
                .allSatisfy(error -> assertThat(error.toString()).doesNotContain("s3cret"));
    }
}

package dev.tidegate.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProducerPropertiesTest {
    @Test
    void the_promises_are_set() {
        Map<String, Object> properties =
                of(Map.of("compression.type", "zstd", "client.id", "shop"), Duration.ofSeconds(30));

        assertThat(properties)
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", "true")
                .containsEntry("max.block.ms", "2000")
                .containsEntry("delivery.timeout.ms", "30000")
                .containsEntry("request.timeout.ms", "10000")
                .containsEntry("compression.type", "zstd")
                .containsEntry("client.id", "shop-done");
    }

    @Test
    void keys_of_other_clients_stay_out_and_unknown_ones_pass() {
        Map<String, Object> properties =
                of(Map.of("max.poll.records", "5", "my.interceptor.key", "x"), Duration.ofSeconds(30));

        assertThat(properties).doesNotContainKey("max.poll.records").containsEntry("my.interceptor.key", "x");
    }

    @ParameterizedTest
    @CsvSource({
        "acks, 1",
        "enable.idempotence, false",
        "transactional.id, t",
        "key.serializer, a.B",
        "value.serializer, a.B",
        "max.block.ms, 60000",
        "delivery.timeout.ms, 120000",
        "request.timeout.ms, 30000",
        "request.timeout.ms, soon",
        "linger.ms, 30000"
    })
    void what_contradicts_them_is_refused_by_name_and_value(String key, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(Map.of(key, value), Duration.ofSeconds(30)))
                .withMessageContaining("tidegate.publisher.done.kafka." + key)
                .withMessageContaining("allowed is");
    }

    @ParameterizedTest
    @CsvSource({"20", "1000", "30000", "120000"})
    void kafka_accepts_what_is_made_of_any_delivery_timeout(long millis) {
        Map<String, Object> properties = new HashMap<>(of(Map.of(), Duration.ofMillis(millis)));
        properties.put("bootstrap.servers", "localhost:9092");
        String serializer = "org.apache.kafka.common.serialization.ByteArraySerializer";
        properties.put("key.serializer", serializer);
        properties.put("value.serializer", serializer);

        assertThatNoException().isThrownBy(() -> new ProducerConfig(properties));
        assertThat(5 + Long.parseLong((String) properties.get("request.timeout.ms")))
                .isLessThanOrEqualTo(millis);
    }

    @Test
    void the_client_of_dead_letters_refuses_nothing_for_its_size() {
        Map<String, Object> properties = ProducerProperties.of(new DeadLetterSettings(
                "orders",
                true,
                null,
                true,
                DeadLetterSettings.HeaderStyle.TIDEGATE,
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Map.of()));

        assertThat(properties)
                .containsEntry("max.request.size", Integer.toString(32 * 1024 * 1024))
                .containsEntry("client.id", "tidegate-orders-dead-letter");
    }

    @Test
    void what_is_set_for_a_drainers_consumer_does_not_end_its_dead_letter_client() {
        Map<String, Object> properties = ProducerProperties.of(new DeadLetterSettings(
                "orders",
                true,
                null,
                true,
                DeadLetterSettings.HeaderStyle.TIDEGATE,
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Map.of("request.timeout.ms", "30000", "interceptor.classes", "shop.SeesConsumedRecords")));

        assertThat(properties).containsEntry("request.timeout.ms", "10000").doesNotContainKey("interceptor.classes");
    }

    @Test
    void what_is_said_of_publishers_does_not_end_a_dead_letter_client_and_the_rest_reaches_it() {
        Map<String, Object> properties = ProducerProperties.of(new DeadLetterSettings(
                "orders",
                true,
                null,
                true,
                DeadLetterSettings.HeaderStyle.TIDEGATE,
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Map.of(
                        "acks", "1",
                        "retries", "0",
                        "max.in.flight.requests.per.connection", "9",
                        "max.block.ms", "1",
                        "compression.type", "zstd",
                        "linger.ms", "20")));

        assertThat(properties)
                .containsEntry("acks", "all")
                .containsEntry("max.block.ms", "2000")
                .containsEntry("compression.type", "zstd")
                .containsEntry("linger.ms", "20")
                .doesNotContainKeys("retries", "max.in.flight.requests.per.connection");
    }

    private static Map<String, Object> of(Map<String, String> kafka, Duration deliveryTimeout) {
        return ProducerProperties.of(
                new PublisherSettings("done", "out", "done", Duration.ofSeconds(2), deliveryTimeout, kafka));
    }
}

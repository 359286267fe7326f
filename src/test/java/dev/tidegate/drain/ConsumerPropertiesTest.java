package dev.tidegate.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;

class ConsumerPropertiesTest {
    private final SettingsOfDrainer settings = new SettingsOfDrainer();

    private Map<String, Object> properties() {
        return ConsumerProperties.of(settings.build(), "a1");
    }

    @Test
    void nothing_is_lost_by_default() {
        assertThat(properties())
                .containsEntry("enable.auto.commit", "false")
                .containsEntry("auto.offset.reset", "earliest")
                .containsEntry("allow.auto.create.topics", "false")
                .containsEntry("group.id", "tg-orders")
                .containsEntry("client.id", "tidegate-orders")
                .containsEntry(
                        "partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor")
                .doesNotContainKey("isolation.level");
    }

    @Test
    void what_is_set_stays_unless_it_would_break_a_promise() {
        settings.kafka.putAll(Map.of(
                "auto.offset.reset", "latest",
                "isolation.level", "read_committed",
                "client.id", "mine",
                "value.deserializer", "org.apache.kafka.common.serialization.IntegerDeserializer",
                "partition.assignment.strategy", "org.apache.kafka.clients.consumer.RangeAssignor"));

        assertThat(properties())
                .containsEntry("auto.offset.reset", "latest")
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("client.id", "mine-orders")
                .containsEntry("value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer")
                .containsEntry("partition.assignment.strategy", "org.apache.kafka.clients.consumer.RangeAssignor");
    }

    @Test
    void automatic_commits_are_refused_with_the_reason() {
        settings.kafka.put("enable.auto.commit", "true");

        assertThatThrownBy(this::properties)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("drainer orders")
                .hasMessageContaining("enable.auto.commit is true");
    }

    @Test
    void the_new_protocol_gets_no_assignor_of_ours() {
        settings.kafka.put("group.protocol", "CONSUMER");
        settings.kafka.put("bootstrap.servers", "127.0.0.1:9092");

        assertThat(properties()).doesNotContainKey("partition.assignment.strategy");
        assertThat(new ConsumerConfig(properties()).getString("group.protocol")).isEqualToIgnoringCase("consumer");
    }

    @Test
    void static_members_get_an_identity_of_their_own() {
        settings.kafka.put("group.instance.id", "tg");

        assertThat(properties()).containsEntry("group.instance.id", "tg-a1-orders");
    }

    @Test
    void the_admin_client_takes_what_it_knows_and_answers_soon() {
        settings.kafka.putAll(Map.of(
                "bootstrap.servers", "127.0.0.1:9092",
                "max.poll.records", "50",
                "sasl.mechanism", "PLAIN",
                "default.api.timeout.ms", "600000"));
        Map<String, Object> admin = AdminProperties.of("orders", settings.kafka);

        assertThat(admin)
                .containsEntry("bootstrap.servers", "127.0.0.1:9092")
                .containsEntry("sasl.mechanism", "PLAIN")
                .containsEntry("client.id", "tidegate-orders-admin")
                .doesNotContainKey("max.poll.records");
        assertThat(new AdminClientConfig(admin).getInt("default.api.timeout.ms"))
                .isEqualTo(5_000);
    }
}

package dev.tidegate.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.admin.EffectiveSettings.Setting;
import org.junit.jupiter.api.Test;

class ShownSettingsTest {
    @Test
    void a_circuits_values_are_told_by_the_last_part_of_their_key_with_their_source() {
        TidegateSettings settings = ReadSettings.from(
                "tidegate.drainers", "orders",
                "tidegate.circuit.defaults.break-duration", "PT5S",
                "tidegate.circuit.orders.probes", "2");

        assertThat(new ShownSettings(() -> settings).ofCircuit("orders"))
                .containsEntry(
                        "break-duration",
                        new Setting("tidegate.circuit.defaults.break-duration", "PT5S", "test.properties"))
                .containsEntry("probes", new Setting("tidegate.circuit.orders.probes", "2", "test.properties"))
                .containsEntry(
                        "failure-threshold", new Setting("tidegate.circuit.orders.failure-threshold", "5", "default"));
    }

    @Test
    void all_values_are_told_in_the_order_of_their_keys_without_secrets() {
        TidegateSettings settings = ReadSettings.from(
                "tidegate.kafka.sasl.jaas.config", "s3cret",
                "tidegate.kafka.ssl.key.password", "s3cret",
                "tidegate.kafka.my.api.token", "s3cret");

        assertThat(new ShownSettings(() -> settings).all())
                .isSortedAccordingTo((one, other) -> one.key().compareTo(other.key()))
                .noneMatch(setting -> setting.value().contains("s3cret"))
                .contains(new Setting("tidegate.kafka.ssl.key.password", "***", "test.properties"));
    }

    @Test
    void two_instances_that_are_configured_alike_have_one_hash() {
        TidegateSettings one = ReadSettings.from("tidegate.instance", "a", "HTTP_PORT", "9080");
        TidegateSettings twin = ReadSettings.from("tidegate.instance", "b", "HTTP_PORT", "9180");
        TidegateSettings other = ReadSettings.from("tidegate.instance", "b", "tidegate.store.push", "false");

        assertThat(SettingsHash.of(one)).isEqualTo(SettingsHash.of(twin)).isNotEqualTo(SettingsHash.of(other));
    }
}

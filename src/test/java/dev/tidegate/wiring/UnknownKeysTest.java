package dev.tidegate.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class UnknownKeysTest {
    @Test
    void a_misspelled_key_is_warned_about_with_the_nearest() {
        assertThat(warnings("tidegate.drainers", "orders", "tidegate.circuit.orders.brek-duration", "PT5S"))
                .containsExactly("tidegate.circuit.orders.brek-duration (test.properties) is not a key of Tidegate and"
                        + " has no effect; the nearest key is tidegate.circuit.orders.break-duration");
    }

    @Test
    void dots_for_dashes_are_warned_about() {
        assertThat(warnings("tidegate.drainers", "orders", "tidegate.drainer.orders.max.attempts", "3"))
                .singleElement()
                .asString()
                .endsWith("the nearest key is tidegate.drainer.orders.max-attempts");
    }

    @Test
    void a_drainer_that_is_not_declared_is_warned_about() {
        assertThat(warnings("tidegate.drainers", "orders", "tidegate.drainer.ordes.group", "x"))
                .singleElement()
                .asString()
                .contains("the nearest key is tidegate.drainer.orders.group");
    }

    @Test
    void a_misspelled_environment_variable_is_warned_about() {
        ConfigTexts texts = ConfigTexts.of("tidegate.drainers", "orders")
                .environment("TIDEGATE_MONITOR_INTERVALL", "PT5S")
                .environment("TIDEGATE_ADMIN_PASSWORD", "x");

        assertThat(ReadSettings.from(texts).warnings())
                .containsExactly("TIDEGATE_MONITOR_INTERVALL (environment) is not a key of Tidegate and has no effect;"
                        + " the nearest key is TIDEGATE_MONITOR_INTERVAL (tidegate.monitor.interval)");
    }

    @Test
    void a_key_far_from_all_is_warned_about_without_advice() {
        assertThat(warnings("tidegate.zzzzzzzzzzzzzzzz", "1"))
                .containsExactly(
                        "tidegate.zzzzzzzzzzzzzzzz (test.properties) is not a key of Tidegate and has no effect");
    }

    @Test
    void a_circuit_beside_a_drainers_is_warned_about() {
        assertThat(warnings("tidegate.drainers", "orders", "tidegate.circuit.ordres.probes", "2"))
                .singleElement()
                .asString()
                .contains("the nearest in use is orders");
    }

    @Test
    void a_misspelled_kafka_key_is_warned_about() {
        assertThat(warnings("tidegate.kafka.sesion.timeout.ms", "6000"))
                .singleElement()
                .asString()
                .contains("the nearest that it knows is session.timeout.ms");
    }

    @RepeatedTest(50)
    void one_slip_in_a_long_key_finds_the_key() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String key = "tidegate.circuit.defaults.minimum-throughput";
        int begin = "tidegate.circuit.defaults.".length();
        int at = begin + random.nextInt(key.length() - begin);
        String slip = key.substring(0, at) + (char) ('a' + random.nextInt(26)) + key.substring(at);

        assertThat(warnings(slip, "3"))
                .as("seed %s, key %s", seed, slip)
                .anySatisfy(warning -> assertThat(warning).endsWith("the nearest key is " + key));
    }

    private static List<String> warnings(String... keysAndValues) {
        return ReadSettings.from(keysAndValues).warnings();
    }
}

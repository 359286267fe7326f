package dev.tidegate.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.drain.DrainerSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveSettingsTest {
    private ConfigTexts texts = ConfigTexts.of(
            "tidegate.drainers", "orders",
            "tidegate.circuit.own.break-duration", "PT7S");
    private final LiveSettings live = new LiveSettings(ReadSettings.from(texts), new ConfigView() {
        @Override
        public Optional<RawValue> find(String key) {
            return texts.find(key);
        }

        @Override
        public Set<String> names() {
            return texts.names();
        }
    });

    private boolean change(String... keysAndValues) {
        texts = ConfigTexts.of(keysAndValues);
        return live.refresh();
    }

    private CircuitPolicy policy(String circuit) {
        return live.current().circuit(circuit).policy();
    }

    @Test
    void nothing_changed_changes_nothing() {
        TidegateSettings before = live.current();

        assertThat(live.refresh()).isFalse();
        assertThat(live.current()).isSameAs(before);
    }

    @Test
    void a_circuits_policy_follows_and_tells_its_source() {
        assertThat(change("tidegate.drainers", "orders", "tidegate.circuit.orders.failure-threshold", "9"))
                .isTrue();

        assertThat(policy("orders").failureThreshold()).isEqualTo(9);
        assertThat(new ShownSettings(live::current)
                        .ofCircuit("orders")
                        .get("failure-threshold")
                        .source())
                .isEqualTo("test.properties");
        assertThat(live.refresh()).isFalse();
    }

    @Test
    void a_circuit_whose_keys_were_removed_is_like_any_other() {
        assertThat(policy("own").breakDuration()).isEqualTo(Duration.ofSeconds(7));

        assertThat(change("tidegate.drainers", "orders")).isTrue();

        assertThat(policy("own").breakDuration()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void defaults_reach_circuits_that_nobody_names() {
        change("tidegate.drainers", "orders", "tidegate.circuit.defaults.observing", "true");

        assertThat(policy("never-heard-of").isObserving()).isTrue();
        assertThat(policy("orders").isObserving()).isTrue();
    }

    @Test
    void a_drainer_follows_in_what_may_change_and_its_ramp_up_with_it() {
        change(
                "tidegate.drainers", "orders",
                "tidegate.drainer.orders.concurrency", "3",
                "tidegate.drainer.orders.max-attempts", "4",
                "tidegate.drainer.orders.group", "another",
                "tidegate.circuit.orders.ramp-up", "PT1M");

        DrainerSettings orders = live.current().drainers().get(0);
        assertThat(orders.concurrency()).isEqualTo(3);
        assertThat(orders.maxAttempts()).isEqualTo(4);
        assertThat(orders.group()).as("needs a restart").isEqualTo("tidegate");
        assertThat(policy("orders").rampUp().concurrency()).isEqualTo(3);
    }

    @Test
    void what_needs_a_restart_is_shown_as_it_is_in_force() {
        assertThat(change(
                        "tidegate.drainers", "orders",
                        "tidegate.circuit.own.break-duration", "PT7S",
                        "tidegate.store.poll-interval", "PT9S"))
                .isFalse();

        assertThat(live.current().store().pollInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(new ShownSettings(live::current).all())
                .filteredOn(setting -> setting.key().equals("tidegate.store.poll-interval"))
                .singleElement()
                .satisfies(setting -> assertThat(setting.value()).isEqualTo("PT1S"));
    }

    @Test
    void a_lease_that_others_count_on_stays_whatever_the_configuration_says() {
        change("tidegate.drainers", "orders", "tidegate.circuit.orders.lease", "PT3H");

        assertThat(policy("orders").lease()).isEqualTo(Duration.ofSeconds(35));
    }

    @Test
    void a_configuration_with_an_error_changes_nothing_at_all() {
        assertThat(change(
                        "tidegate.drainers", "orders",
                        "tidegate.circuit.orders.failure-threshold", "9",
                        "tidegate.circuit.orders.failure-ratio", "50"))
                .isFalse();

        assertThat(policy("orders").failureThreshold()).isEqualTo(5);
    }

    @Test
    void two_instances_that_no_longer_follow_one_configuration_have_two_hashes() {
        String before = SettingsHash.of(live.current());

        change("tidegate.drainers", "orders", "tidegate.circuit.orders.failure-threshold", "9");

        assertThat(SettingsHash.of(live.current())).isNotEqualTo(before);
    }
}

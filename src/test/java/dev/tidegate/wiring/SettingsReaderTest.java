package dev.tidegate.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.RampUp;
import dev.tidegate.core.SlowCalls;
import dev.tidegate.drain.DrainerSettings;
import dev.tidegate.guard.CircuitKind;
import dev.tidegate.publish.PublisherSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsReaderTest {
    @Test
    void nothing_set_drains_and_publishes_nothing() {
        TidegateSettings settings = ReadSettings.from();

        assertThat(settings.drainers()).isEmpty();
        assertThat(settings.publishers()).isEmpty();
        assertThat(settings.instance()).isEqualTo("host-abcd");
        assertThat(settings.monitorInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.circuit("payments").policy()).isEqualTo(CircuitPolicy.DEFAULTS);
        assertThat(settings.circuit("payments").kind()).isEqualTo(CircuitKind.CUSTOM);
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void a_named_drainer_has_the_defaults_of_the_reference() {
        TidegateSettings settings =
                ReadSettings.from("tidegate.drainers", "drainer-1", "tidegate.publishers", "publisher-1");

        DrainerSettings drainer = settings.drainers().get(0);
        assertThat(drainer.topics()).containsExactly("input-topic");
        assertThat(drainer.group()).isEqualTo("tidegate");
        assertThat(drainer.processor()).isEqualTo("http");
        assertThat(drainer.publisher()).isEqualTo("publisher-1");
        assertThat(drainer.circuit()).isEqualTo("drainer-1");
        assertThat(drainer.concurrency()).isEqualTo(16);
        assertThat(drainer.bufferBytes()).isEqualTo(16L * 1024 * 1024);
        assertThat(drainer.deadLetterTopicOf("input-topic")).isEqualTo("input-topic.dlt");
        assertThat(drainer.kafka()).containsEntry("bootstrap.servers", "localhost:9092");
        PublisherSettings publisher = settings.publishers().get(0);
        assertThat(publisher.topic()).isEqualTo("output-topic");
        assertThat(publisher.maxBlock()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.downstreams().get("default").baseUrl()).isEqualTo(URI.create("http://localhost:8080"));
    }

    @Test
    void what_is_set_by_name_wins_over_defaults_and_tells_its_source() {
        TidegateSettings settings = ReadSettings.from(
                "tidegate.drainers", "orders,mail",
                "tidegate.drainer.defaults.concurrency", "4",
                "tidegate.drainer.orders.concurrency", "8",
                "tidegate.circuit.defaults.break-duration", "PT5S",
                "tidegate.circuit.orders.break-duration", "PT7S");

        assertThat(settings.drainers()).extracting(DrainerSettings::concurrency).containsExactly(8, 4);
        assertThat(settings.circuit("orders").policy().breakDuration()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.circuit("mail").policy().breakDuration()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.circuit("mail").values())
                .contains(
                        new SettingValue("tidegate.circuit.defaults.break-duration", "PT5S", "test.properties"),
                        new SettingValue("tidegate.circuit.mail.failure-threshold", "5", "default"));
    }

    @Test
    void every_key_has_an_environment_form_that_wins() {
        ConfigTexts texts = ConfigTexts.of("tidegate.drainers", "orders", "tidegate.drainer.orders.group", "one")
                .environment("TIDEGATE_DRAINER_ORDERS_GROUP", "two")
                .environment("TIDEGATE_DRAINER_ORDERS_KAFKA_MAX_POLL_RECORDS", "50")
                .environment("TIDEGATE_KAFKA_BOOTSTRAP_SERVERS", "broker:1")
                .environment("TIDEGATE_CIRCUIT_DEFAULTS_BREAK_DURATION", "PT4S")
                .environment("TIDEGATE_CIRCUIT_OWN_ONE_SLOW_CALL_RATIO", "0.5")
                .environment("TIDEGATE_CIRCUIT_OWN_ONE_SLOW_CALL_DURATION", "PT2S")
                .environment("TIDEGATE_STORE_HISTORY_RETENTION", "P30D")
                .environment("TIDEGATE_DOWNSTREAM_DEFAULT_HEADER_X_API_KEY", "s3cret");

        TidegateSettings settings = ReadSettings.from(texts);

        DrainerSettings orders = settings.drainers().get(0);
        assertThat(orders.group()).isEqualTo("two");
        assertThat(orders.kafka())
                .containsEntry("max.poll.records", "50")
                .containsEntry("bootstrap.servers", "broker:1");
        assertThat(settings.circuit("orders").policy().breakDuration()).isEqualTo(Duration.ofSeconds(4));
        assertThat(settings.circuits()).containsKey("own-one");
        assertThat(settings.circuit("own-one").policy().slowCalls())
                .isEqualTo(new SlowCalls(Duration.ofSeconds(2), 0.5));
        assertThat(settings.downstreams().get("default").headers()).containsEntry("x-api-key", "s3cret");
        assertThat(settings.values()).extracting(SettingValue::value).doesNotContain("s3cret");
        assertThat(settings.warnings())
                .singleElement()
                .asString()
                .contains("history-retention")
                .contains("not in force");
    }

    @Test
    void a_circuit_call_is_as_long_as_its_owners_longest_call() {
        TidegateSettings settings = ReadSettings.from(
                "tidegate.drainers", "web,bean,long-bean",
                "tidegate.publishers", "out",
                "tidegate.downstream.default.timeout", "PT3S",
                "tidegate.drainer.bean.processor", "invoices",
                "tidegate.drainer.bean.timeout", "PT9S",
                "tidegate.drainer.bean.circuit", "shared",
                "tidegate.drainer.long-bean.processor", "invoices",
                "tidegate.drainer.long-bean.timeout", "PT11S",
                "tidegate.drainer.long-bean.circuit", "shared");

        assertThat(settings.drainers().get(0).timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.circuit("web").policy().callTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.circuit("web").policy().lease()).isEqualTo(Duration.ofSeconds(8));
        assertThat(settings.circuit("shared").policy().callTimeout()).isEqualTo(Duration.ofSeconds(11));
        assertThat(settings.circuit("out").policy().callTimeout()).isEqualTo(Duration.ofSeconds(32));
        assertThat(settings.circuit("mine").policy().lease()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void a_shared_group_instance_id_is_warned_about_with_what_becomes_of_it() {
        TidegateSettings settings = ReadSettings.from(
                "tidegate.instance", "a",
                "tidegate.drainers", "one,two",
                "tidegate.drainer.defaults.kafka.group.instance.id", "tg");

        assertThat(settings.warnings())
                .anySatisfy(warning -> assertThat(warning).contains("joins as 'tg-a-two'"));
        assertThat(settings.warnings())
                .hasSize(2)
                .allSatisfy(warning -> assertThat(warning)
                        .contains("tidegate.drainer.defaults.kafka.group.instance.id")
                        .contains("no two members may share an id"));
    }

    @Test
    void a_quiesce_timeout_that_nobody_chose_follows_a_shorter_poll_interval_and_is_shown() {
        TidegateSettings settings = ReadSettings.from(
                "tidegate.drainers", "one,two",
                "tidegate.drainer.two.kafka.max.poll.interval.ms", "10000");

        assertThat(settings.drainers())
                .extracting(DrainerSettings::quiesceTimeout)
                .containsExactly(Duration.ofSeconds(20), Duration.ofSeconds(5));
        assertThat(settings.values())
                .contains(
                        new SettingValue("tidegate.drainer.one.quiesce-timeout", "PT20S", "default"),
                        new SettingValue(
                                "tidegate.drainer.two.quiesce-timeout",
                                "PT5S",
                                "half of max.poll.interval.ms (tidegate.drainer.two.kafka.max.poll.interval.ms = 10000)"));
    }

    @Test
    void a_consumer_gets_no_property_that_only_producers_know() {
        TidegateSettings settings = ReadSettings.from(
                "tidegate.drainers", "one",
                "tidegate.publishers", "out",
                "tidegate.kafka.compression.type", "zstd",
                "tidegate.kafka.my.interceptor.setting", "x");

        assertThat(settings.drainers().get(0).kafka())
                .doesNotContainKey("compression.type")
                .containsEntry("my.interceptor.setting", "x");
        assertThat(settings.publishers().get(0).kafka()).containsEntry("compression.type", "zstd");
        assertThat(settings.warnings()).singleElement().asString().contains("no Kafka client knows");
    }

    @Test
    void a_drainers_dead_letter_client_gets_what_producers_know_and_not_what_only_consumers_know() {
        TidegateSettings settings = ReadSettings.from(
                "tidegate.drainers", "one",
                "tidegate.kafka.compression.type", "zstd",
                "tidegate.drainer.one.kafka.linger.ms", "20",
                "tidegate.drainer.one.kafka.max.poll.records", "7");

        assertThat(settings.drainers().get(0).deadLetterKafka())
                .containsEntry("compression.type", "zstd")
                .containsEntry("linger.ms", "20")
                .containsEntry("bootstrap.servers", "localhost:9092")
                .doesNotContainKey("max.poll.records");
        assertThat(settings.drainers().get(0).kafka()).doesNotContainKey("linger.ms");
    }

    @Test
    void a_listed_status_moves_to_its_list() {
        var downstream = ReadSettings.from("tidegate.downstream.default.rejected-statuses", "404,409")
                .downstreams()
                .get("default");

        assertThat(downstream.rejectedStatuses()).contains(400, 404, 409, 422).doesNotContain(429);
        assertThat(downstream.busyStatuses()).containsExactly(423);
        assertThat(downstream.failedStatuses()).contains(401, 429).doesNotContain(404);
    }

    @Test
    void all_errors_are_told_together() {
        assertThatThrownBy(() -> ReadSettings.from(
                        "tidegate.drainers", "orders",
                        "tidegate.drainer.orders.concurrency", "0",
                        "tidegate.monitor.interval", "30",
                        "tidegate.store.push", "yes",
                        "tidegate.store.pol-interval", "PT1S"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("3 errors; nothing was started")
                .hasMessageContaining(
                        "tidegate.drainer.orders.concurrency = \"0\" (test.properties): allowed is a whole"
                                + " number from 1 to 10000")
                .hasMessageContaining("for 30 seconds write PT30S")
                .hasMessageContaining("the nearest key is tidegate.store.poll-interval")
                .hasMessageContaining("tidegate.store.push = \"yes\" (test.properties): allowed is true or false");
    }

    @Test
    void a_default_that_nobody_inherits_is_checked_too() {
        assertThat(ReadSettings.errorsOf("tidegate.drainer.defaults.ordering", "sorted"))
                .extracting(SettingError::problem)
                .containsExactly("allowed is one of key, partition, unordered");
    }

    @Test
    void a_pattern_is_one_topic_entry() {
        TidegateSettings settings =
                ReadSettings.from("tidegate.drainers", "any", "tidegate.drainer.any.topics", "pattern:in-[a-z]{1,3}");

        assertThat(settings.drainers().get(0).topics()).isEqualTo(List.of("pattern:in-[a-z]{1,3}"));
    }

    @Test
    void slow_calls_and_the_last_calls_make_part_of_the_policy() {
        CircuitPolicy policy = ReadSettings.from(
                        "tidegate.circuit.pay.slow-call-duration", "PT2S",
                        "tidegate.circuit.pay.slow-call-ratio", "0.8",
                        "tidegate.circuit.pay.sampling-calls", "50",
                        "tidegate.circuit.pay.failure-threshold", "0")
                .circuit("pay")
                .policy();

        assertThat(policy.slowCalls()).isEqualTo(new SlowCalls(Duration.ofSeconds(2), 0.8));
        assertThat(policy.samplingCalls()).isEqualTo(50);
    }

    @Test
    void a_drainers_ramp_up_leads_to_the_concurrency_of_all_that_share_its_circuit() {
        TidegateSettings settings = ReadSettings.from(
                "tidegate.drainers", "a,b",
                "tidegate.drainer.defaults.circuit", "shared",
                "tidegate.drainer.a.concurrency", "8",
                "tidegate.drainer.b.concurrency", "4",
                "tidegate.circuit.defaults.ramp-up", "PT30S",
                "tidegate.circuit.shared.ramp-up-concurrency", "99",
                "tidegate.circuit.own.observing", "true");

        assertThat(settings.circuit("shared").policy().rampUp()).isEqualTo(new RampUp(Duration.ofSeconds(30), 12));
        assertThat(settings.circuit("own").policy().rampUp()).isEqualTo(new RampUp(Duration.ofSeconds(30), 16));
        assertThat(settings.circuit("own").policy().isObserving()).isTrue();
        assertThat(settings.warnings()).singleElement().asString().contains("has no effect");
    }
}

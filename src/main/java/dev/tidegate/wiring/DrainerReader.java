package dev.tidegate.wiring;

import dev.tidegate.drain.DrainerSettings;
import dev.tidegate.drain.DrainerSettings.DeadLetterHeaders;
import dev.tidegate.drain.DrainerSettings.Ordering;
import dev.tidegate.drain.DrainerSettings.Oversize;
import dev.tidegate.drain.http.DownstreamSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;

/** Reads {@code tidegate.drainer.<x>.…}. */
final class DrainerReader {
    static final String HTTP = "http";
    private static final String NONE = "none";
    private static final String DEFAULTS = "defaults";
    private static final Duration QUIESCE = Duration.ofSeconds(20);

    private final ConfigView view;
    private final Findings findings;
    private final KafkaReader kafkaReader;
    private final String instance;

    DrainerReader(ConfigView view, Findings findings, KafkaReader kafkaReader, String instance) {
        this.view = view;
        this.findings = findings;
        this.kafkaReader = kafkaReader;
        this.instance = instance;
    }

    /** Which downstream a drainer hands records to. */
    String downstreamOf(String name) {
        return section(name).get("downstream", Texts.NAME, "default");
    }

    DrainerSettings read(String name, Set<String> publishers, Map<String, DownstreamSettings> downstreams) {
        Section section = section(name);
        String processor = section.get("processor", Texts.ANY, HTTP);
        String downstream = section.get("downstream", Texts.NAME, "default");
        KafkaProperties kafka = kafka(section, name);
        DrainerSettings settings = new DrainerSettings(
                name,
                section.get("topics", Texts.TOPICS, List.of("input-topic")),
                section.get("group", Texts.ANY, "tidegate"),
                processor,
                downstream,
                publisher(section, name, publishers),
                section.get("circuit", Texts.NAME, name),
                timeout(section, name, processor.equals(HTTP) ? downstreams.get(downstream) : null),
                section.get("concurrency", Numbers.integer(1, 10_000), 16),
                section.get("ordering", Texts.oneOf(Ordering.class), Ordering.KEY),
                section.get("initially-paused", Texts.BOOLEAN, false),
                section.get("restart-delay", Durations.between("PT0.1S", "PT1H"), Duration.ofSeconds(1)),
                section.get("restart-max-delay", Durations.between("PT0.1S", "PT1H"), Duration.ofMinutes(1)),
                section.get("buffer-records", Numbers.integer(1, 1_000_000), 1_000),
                section.get("buffer-bytes", Numbers.bytes(1_024, 1L << 30), 16L << 20),
                section.get("commit-interval", Durations.between("PT0.05S", "PT5M"), Duration.ofSeconds(1)),
                section.get("commit-records", Numbers.integer(1, 1_000_000), 1_000),
                section.get("max-uncommitted", Numbers.integer(100, 1_000_000), 10_000),
                section.get("max-attempts", Numbers.integer(1, 1_000), 10),
                section.get("retry-delay", Durations.between("PT0.01S", "PT1H"), Duration.ofMillis(500)),
                section.get("retry-max-delay", Durations.between("PT0.01S", "PT1H"), Duration.ofSeconds(30)),
                section.get("reject-on", Texts.CLASS_NAME.list(), List.of()),
                quiesce(section, kafka),
                section.find("dead-letter-topic", Texts.TOPIC),
                section.get("dead-letter-create", Texts.BOOLEAN, true),
                section.get("dead-letter-oversize", Texts.oneOf(Oversize.class), Oversize.TRUNCATE),
                replication(section),
                section.get("dead-letter-headers", Texts.oneOf(DeadLetterHeaders.class), DeadLetterHeaders.TIDEGATE),
                kafka.properties(),
                kafkaReader.alsoFor(kafka, Set.of(KafkaClient.PRODUCER, KafkaClient.ADMIN)));
        check(section, settings);
        return settings;
    }

    private Section section(String name) {
        return Section.of(view, findings, "drainer", name);
    }

    private Duration timeout(Section section, String name, @Nullable DownstreamSettings http) {
        Duration ofBean = section.get("timeout", Durations.between("PT0.001S", "PT1H"), Duration.ofSeconds(30));
        if (http == null) {
            return ofBean;
        }
        if (section.isOwn("timeout") && !name.equals(DEFAULTS)) {
            findings.warn(section.key("timeout") + " bounds a processor bean; drainer '" + name
                    + "' uses http, whose bound is tidegate.downstream." + http.name() + ".timeout");
        }
        return http.timeout();
    }

    // Where nobody chose it, it follows what the group allows; what somebody chose is never cut behind his back.
    private static Duration quiesce(Section section, KafkaProperties kafka) {
        Duration chosen = section.get("quiesce-timeout", Durations.between("PT0S", "PT10M"), QUIESCE);
        Duration longest = DrainerSettings.longestQuiesce(kafka.properties());
        if (chosen.compareTo(longest) <= 0) {
            return chosen;
        }
        SettingValue interval = kafka.found().get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
        String told = interval == null ? "300000, Kafka's default" : interval.key() + " = " + interval.value();
        if (section.isSet("quiesce-timeout")) {
            section.reject(
                    "quiesce-timeout",
                    chosen,
                    "is more than half of max.poll.interval.ms (" + told
                            + "), so that a rebalance that waited for it would cost the drainer its place in the group;"
                            + " allowed is at most " + longest + " (remove the key for that), or set"
                            + " max.poll.interval.ms to at least " + 2 * chosen.toMillis());
        } else {
            section.show("quiesce-timeout", longest.toString(), "half of max.poll.interval.ms (" + told + ")");
        }
        return longest;
    }

    private static @Nullable Short replication(Section section) {
        Integer replication = section.find("dead-letter-replication", Numbers.integer(1, Short.MAX_VALUE));
        return replication == null ? null : replication.shortValue();
    }

    private static @Nullable String publisher(Section section, String name, Set<String> publishers) {
        String given = section.find("publisher", Texts.NAME);
        if (given == null) {
            String ofSameNumber = name.replaceFirst("^drainer-", "publisher-");
            return !ofSameNumber.equals(name) && publishers.contains(ofSameNumber) ? ofSameNumber : null;
        }
        if (given.equals(NONE)) {
            return null;
        }
        if (!publishers.contains(given)) {
            String nearest = Nearest.to(given, publishers)
                    .map(publisher -> "; the nearest is " + publisher)
                    .orElse("");
            section.reject(
                    "publisher",
                    given,
                    "no publisher of that name is in tidegate.publishers, which has " + Findings.text(publishers)
                            + nearest + "; allowed is also none");
        }
        return given;
    }

    private KafkaProperties kafka(Section section, String name) {
        KafkaProperties kafka = kafkaReader.of("drainer", name, Set.of(KafkaClient.CONSUMER, KafkaClient.ADMIN));
        kafka.refuse(
                findings,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                text -> !text.equals("false"),
                "allowed is false: offsets are committed once records are settled, automatic commits lose records;"
                        + " remove the key");
        kafka.refuse(
                findings,
                ConsumerConfig.GROUP_ID_CONFIG,
                text -> true,
                "is set by Tidegate; use " + section.key("group"));
        warnOfSharedIdentity(kafka, name);
        return kafka;
    }

    // Kafka would fence every member but one of those that share an id, so each drainer joins with one of its own.
    private void warnOfSharedIdentity(KafkaProperties kafka, String name) {
        SettingValue shared = kafka.found().get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        if (shared != null && !name.equals(DEFAULTS)) {
            findings.warn(shared.key() + " = \"" + shared.value() + "\" (" + shared.source() + "): drainer '" + name
                    + "' joins as '" + shared.value() + "-" + instance + "-" + name
                    + "', since no two members may share an id; set tidegate.instance, so that it is the same after a"
                    + " restart");
        }
    }

    private static void check(Section section, DrainerSettings settings) {
        if (settings.retryMaxDelay().compareTo(settings.retryDelay()) < 0) {
            section.reject(
                    "retry-max-delay",
                    settings.retryMaxDelay(),
                    "is below the first delay, " + section.key("retry-delay") + " = " + settings.retryDelay());
        }
        if (settings.restartMaxDelay().compareTo(settings.restartDelay()) < 0) {
            section.reject(
                    "restart-max-delay",
                    settings.restartMaxDelay(),
                    "is below the first delay, " + section.key("restart-delay") + " = " + settings.restartDelay());
        }
        settings.topics().stream()
                .filter(topic -> settings.drains(settings.deadLetterTopicOf(topic)))
                .findFirst()
                .ifPresent(topic -> section.reject(
                        "dead-letter-topic",
                        settings.deadLetterTopicOf(topic),
                        "is a topic that drainer '" + settings.name() + "' reads: dead letters would come back"));
    }
}

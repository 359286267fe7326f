package dev.tidegate.drain;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;

/**
 * One drainer's settings, already validated.
 *
 * @param topics names, or one {@code pattern:<regex>}
 * @param processor {@code http} or the name of a CDI bean
 * @param publisher where results go, or {@code null} for nowhere
 * @param timeout how long one attempt may take
 * @param deadLetterTopic name, or {@code null} for {@code <topic>.dlt}
 * @param quiesceTimeout how long what is on its way may take to end when partitions are given up; at most
 *     {@link #longestQuiesce}
 * @param rejectOn exception class names that mean a bad record
 * @param kafka properties of the Kafka consumer and the admin client beside it, bootstrap servers included
 * @param deadLetterKafka properties of the Kafka producer of dead letters, bootstrap servers included
 */
public record DrainerSettings(
        String name,
        List<String> topics,
        String group,
        String processor,
        String downstream,
        @Nullable String publisher,
        String circuit,
        Duration timeout,
        int concurrency,
        Ordering ordering,
        boolean isInitiallyPaused,
        Duration restartDelay,
        Duration restartMaxDelay,
        int bufferRecords,
        long bufferBytes,
        Duration commitInterval,
        int commitRecords,
        int maxUncommitted,
        int maxAttempts,
        Duration retryDelay,
        Duration retryMaxDelay,
        List<String> rejectOn,
        Duration quiesceTimeout,
        @Nullable String deadLetterTopic,
        boolean isDeadLetterCreated,
        Oversize deadLetterOversize,
        @Nullable Short deadLetterReplication,
        DeadLetterHeaders deadLetterHeaders,
        Map<String, String> kafka,
        Map<String, String> deadLetterKafka) {
    /** Before an expression that topics are found by. */
    public static final String EXPRESSION = "pattern:";

    private static final long DEFAULT_MAX_POLL_INTERVAL_MS = 300_000;

    /** What stays in order. */
    public enum Ordering {
        KEY,
        PARTITION,
        UNORDERED
    }

    /** What becomes of a dead letter that does not fit its topic. */
    public enum Oversize {
        TRUNCATE,
        PAUSE
    }

    /** Whose header names dead letters carry. */
    public enum DeadLetterHeaders {
        TIDEGATE,
        SPRING,
        SMALLRYE
    }

    public DrainerSettings {
        topics = List.copyOf(topics);
        rejectOn = List.copyOf(rejectOn);
        kafka = Map.copyOf(kafka);
        deadLetterKafka = Map.copyOf(deadLetterKafka);
        Duration longest = longestQuiesce(kafka);
        if (quiesceTimeout.compareTo(longest) > 0) {
            throw new IllegalArgumentException("drainer " + name + ": a quiesce timeout of " + quiesceTimeout
                    + " is above " + longest + ", half of max.poll.interval.ms");
        }
    }

    /**
     * Half of what the group allows between two polls: a revoke that waited longer, and then has to commit and to join
     * again, would cost the membership.
     *
     * @param kafka Kafka consumer properties; a {@code max.poll.interval.ms} that is no number counts as not set
     */
    public static Duration longestQuiesce(Map<String, String> kafka) {
        String set = kafka.getOrDefault(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, "")
                .strip();
        boolean isNumber = set.matches("[0-9]{1,10}");
        return Duration.ofMillis((isNumber ? Long.parseLong(set) : DEFAULT_MAX_POLL_INTERVAL_MS) / 2);
    }

    /**
     * What topics are found by, or {@code null} where they are named. It finds no dead-letter topics that are made for them:
     * those would have dead-letter topics made again, without end.
     */
    public @Nullable Pattern expression() {
        if (topics.size() != 1 || !topics.get(0).startsWith(EXPRESSION)) {
            return null;
        }
        String found = topics.get(0).substring(EXPRESSION.length());
        return Pattern.compile(deadLetterTopic == null ? "(?!.*\\.dlt$)(?:" + found + ")" : found);
    }

    /** The topics that are named; none where they are found by an expression. */
    public List<String> namedTopics() {
        return expression() == null ? topics : List.of();
    }

    public boolean drains(String topic) {
        Pattern expression = expression();
        return expression == null
                ? topics.contains(topic)
                : expression.matcher(topic).matches();
    }

    /** Where bad records of that topic go. */
    public String deadLetterTopicOf(String topic) {
        return deadLetterTopic == null ? topic + ".dlt" : deadLetterTopic;
    }

    /** The same with what may change while it runs, as another has it: concurrency, attempts and delays between them. */
    public DrainerSettings following(DrainerSettings changed) {
        return new DrainerSettings(
                name,
                topics,
                group,
                processor,
                downstream,
                publisher,
                circuit,
                timeout,
                changed.concurrency,
                ordering,
                isInitiallyPaused,
                restartDelay,
                restartMaxDelay,
                bufferRecords,
                bufferBytes,
                commitInterval,
                commitRecords,
                maxUncommitted,
                changed.maxAttempts,
                changed.retryDelay,
                changed.retryMaxDelay,
                rejectOn,
                quiesceTimeout,
                deadLetterTopic,
                isDeadLetterCreated,
                deadLetterOversize,
                deadLetterReplication,
                deadLetterHeaders,
                kafka,
                deadLetterKafka);
    }
}

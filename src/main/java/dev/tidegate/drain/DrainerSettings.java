package dev.tidegate.drain;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One drainer's settings, already validated.
 *
 * @param topics names, or one {@code pattern:<regex>}
 * @param processor {@code http} or the name of a CDI bean
 * @param publisher where results go, or {@code null} for nowhere
 * @param timeout how long one attempt may take
 * @param deadLetterTopic name, or {@code null} for {@code <topic>.dlt}
 * @param rejectOn exception class names that mean a bad record
 * @param kafka Kafka client properties, bootstrap servers included
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
        Map<String, String> kafka) {
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
    }

    /** Where bad records of that topic go. */
    public String deadLetterTopicOf(String topic) {
        return deadLetterTopic == null ? topic + ".dlt" : deadLetterTopic;
    }
}

package dev.tidegate.publish;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Sees to it that dead-letter topics exist before they are needed. Safe for use by many threads. */
public interface DeadLetterTopics {
    /**
     * Checks each dead-letter topic and, if the settings allow, creates what is missing with its source's partition count
     * and size limit. Never completes exceptionally: a broker that is away is {@link DeadLetterTopicCheck.Unknown}.
     *
     * @param deadLetterTopics source topic → its dead-letter topic
     * @return dead-letter topic → what was found
     */
    CompletionStage<Map<String, DeadLetterTopicCheck>> ensure(Map<String, String> deadLetterTopics);
}

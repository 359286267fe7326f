package dev.tidegate.drain;

import org.apache.kafka.common.Uuid;

/** What the broker told of one topic. */
public sealed interface TopicFinding {
    /** It exists. */
    record Found(Uuid id, int partitions) implements TopicFinding {}

    /** It does not exist. */
    record Missing() implements TopicFinding {}

    /** The broker does not tell this client: the topic is used without its id. */
    record Untold(String reason) implements TopicFinding {}
}

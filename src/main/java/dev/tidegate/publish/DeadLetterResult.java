package dev.tidegate.publish;

/** What became of one dead letter. */
public sealed interface DeadLetterResult {
    /**
     * The broker acknowledged the copy: the source record is settled.
     *
     * @param hasValue false if the value did not fit and was replaced by its size and SHA-256 in headers
     */
    record Sent(String topic, int partition, long offset, boolean hasValue) implements DeadLetterResult {}

    /** Not acknowledged: the topic is away or its broker is. Worth trying again later; the copy may still arrive. */
    record Failed(Exception error) implements DeadLetterResult {}

    /** It is larger than the topic takes, and the settings say to wait for an operator instead of sending less. */
    record DoesNotFit(String reason) implements DeadLetterResult {}
}

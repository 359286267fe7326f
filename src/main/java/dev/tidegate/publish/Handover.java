package dev.tidegate.publish;

import dev.tidegate.publish.PublishResult.Fault;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What became of a record given to a producer. */
sealed interface Handover {
    /** The broker acknowledged it. */
    record Acknowledged(RecordMetadata metadata) implements Handover {}

    /**
     * It was not acknowledged.
     *
     * @param hasReached whether the broker was asked, or tried to be: false if this process alone turned the record down
     */
    record Unsent(Fault fault, Exception error, boolean hasReached) implements Handover {}
}

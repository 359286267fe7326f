package dev.tidegate.publish;

import dev.tidegate.guard.Circuit;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** A guarded producer. Success is the broker's acknowledgement. Safe for use by many threads. */
public interface Publisher {
    String name();

    /** Where records go by default. */
    String topic();

    Circuit circuit();

    /**
     * Sends one record. A refusal completes the stage with {@link dev.tidegate.guard.CircuitOpenException}, a failure with
     * the producer's exception. Holds the caller no longer than the publisher's {@code max-block}.
     */
    CompletionStage<RecordMetadata> publish(ProducerRecord<byte[], byte[]> record);

    /** Sends one record and tells the outcome as a value; never completes exceptionally. */
    CompletionStage<PublishResult> send(ProducerRecord<byte[], byte[]> record);

    /** Sends one record and waits, at most {@code max-block} plus the delivery timeout. */
    PublishResult publishAndWait(ProducerRecord<byte[], byte[]> record);

    PublisherStatus status();
}

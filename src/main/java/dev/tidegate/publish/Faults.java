package dev.tidegate.publish;

import dev.tidegate.publish.PublishResult.Fault;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Whose fault a producer's exception tells of. */
final class Faults {
    private Faults() {}

    /**
     * Whose fault it is. "Topic not present in metadata" is a timeout both when the broker is dead and when the topic is
     * missing: the client names what a broker last answered for the topic as the timeout's cause, and no cause means that no
     * broker answered.
     */
    static Fault of(Throwable error) {
        Throwable at = error;
        for (int depth = 0; at != null && depth < 8; depth++) {
            if (isOfRecord(at)) {
                return Fault.RECORD;
            }
            if (isOfTopic(at)) {
                return Fault.TOPIC;
            }
            at = at.getCause();
        }
        return Fault.BROKER;
    }

    /** Whether the client that met it is of no more use. */
    static boolean isFatal(Throwable error) {
        return error instanceof ClusterAuthorizationException
                || error instanceof TransactionalIdAuthorizationException
                || error instanceof ProducerFencedException
                || error instanceof UnsupportedVersionException
                || error instanceof IllegalStateException
                // The client wraps its own fatal state in the plain type.
                || error.getClass() == KafkaException.class;
    }

    private static boolean isOfRecord(Throwable error) {
        return error instanceof RecordTooLargeException
                || error instanceof RecordBatchTooLargeException
                || error instanceof InvalidTimestampException
                || error instanceof SerializationException
                || error instanceof UnsupportedForMessageFormatException
                || error instanceof org.apache.kafka.common.InvalidRecordException;
    }

    private static boolean isOfTopic(Throwable error) {
        return error instanceof UnknownTopicOrPartitionException
                || error instanceof UnknownTopicIdException
                || error instanceof TopicAuthorizationException
                || error instanceof InvalidTopicException
                || error instanceof PolicyViolationException;
    }
}

package dev.tidegate.publish;

import dev.tidegate.guard.CircuitOpenException;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What became of one record. */
public sealed interface PublishResult {
    /** Whether the broker acknowledged it. */
    boolean succeeded();

    /** Acknowledged by the broker. */
    record Published(RecordMetadata metadata) implements PublishResult {
        @Override
        public boolean succeeded() {
            return true;
        }
    }

    /** The publisher's circuit gave no permit; nothing was sent. */
    record Refused(CircuitOpenException refusal) implements PublishResult {
        @Override
        public boolean succeeded() {
            return false;
        }
    }

    /** Not acknowledged; after a timeout the record may still arrive. */
    record Failed(Fault fault, Exception error) implements PublishResult {
        @Override
        public boolean succeeded() {
            return false;
        }
    }

    /** Whose fault a failure is. */
    enum Fault {
        /** The record can never be sent: too large, not serialisable. Neutral for the circuit. */
        RECORD,
        /** The topic is missing, invalid or forbidden. Neutral for the circuit; may heal. */
        TOPIC,
        /** The broker did not answer, or not as it should. A failure for the circuit. */
        BROKER
    }
}

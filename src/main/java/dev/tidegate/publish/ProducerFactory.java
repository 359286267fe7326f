package dev.tidegate.publish;

import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/** Makes the Kafka client of a publisher or dead-letter sender, anew after each fatal error. */
@FunctionalInterface
public interface ProducerFactory {
    /**
     * Makes a producer of bytes; may block while names are resolved.
     *
     * @throws org.apache.kafka.common.KafkaException if no client can be made now, such as when no bootstrap name resolves
     */
    Producer<byte[], byte[]> create(Map<String, Object> properties);
}

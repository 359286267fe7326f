package dev.tidegate.publish;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Makes a Kafka admin client for one look at the broker; it is closed after the look. */
@FunctionalInterface
public interface AdminFactory {
    /**
     * Makes a client; may block while names are resolved.
     *
     * @throws org.apache.kafka.common.KafkaException if no client can be made now
     */
    Admin create(Map<String, Object> properties);
}

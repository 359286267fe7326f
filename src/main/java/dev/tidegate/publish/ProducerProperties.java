package dev.tidegate.publish;

import static org.apache.kafka.clients.producer.ProducerConfig.ACKS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.BUFFER_MEMORY_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.CLIENT_ID_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.INTERCEPTOR_CLASSES_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.LINGER_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_BLOCK_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_REQUEST_SIZE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.RETRIES_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.TRANSACTIONAL_ID_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Turns settings into producer properties that keep the promises: every acknowledgement, no duplicate, no long block. */
final class ProducerProperties {
    private static final Set<String> OF_PRODUCERS = ProducerConfig.configNames();
    private static final Set<String> OF_OTHERS = namesOfOthers();
    // The first two may be meant for the drainer's consumer, since Kafka's clients share the names; the others say of
    // publishers what is set here, and a letter must not fail for it.
    private static final Set<String> NOT_FOR_DEAD_LETTERS = Set.of(
            REQUEST_TIMEOUT_MS_CONFIG,
            INTERCEPTOR_CLASSES_CONFIG,
            ACKS_CONFIG,
            ENABLE_IDEMPOTENCE_CONFIG,
            TRANSACTIONAL_ID_CONFIG,
            KEY_SERIALIZER_CLASS_CONFIG,
            VALUE_SERIALIZER_CLASS_CONFIG,
            MAX_BLOCK_MS_CONFIG,
            DELIVERY_TIMEOUT_MS_CONFIG,
            MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            RETRIES_CONFIG);
    private static final long USUAL_REQUEST_TIMEOUT_MS = 10_000;
    private static final int USUAL_BUFFER_BYTES = 32 * 1024 * 1024;
    private static final long USUAL_LINGER_MS = 5;

    private final String prefix;
    private final Map<String, String> given;

    private ProducerProperties(String prefix, Map<String, String> given) {
        this.prefix = prefix;
        this.given = given;
    }

    static Map<String, Object> of(PublisherSettings settings) {
        return new ProducerProperties("tidegate.publisher." + settings.name(), settings.kafka())
                .with(settings.name(), settings.maxBlock(), settings.deliveryTimeout());
    }

    static Map<String, Object> of(DeadLetterSettings settings) {
        Map<String, String> given = new HashMap<>(settings.kafka());
        given.keySet().removeAll(NOT_FOR_DEAD_LETTERS);
        ProducerProperties of = new ProducerProperties("tidegate.drainer." + settings.drainer(), given);
        Map<String, Object> properties = new HashMap<>(
                of.with(settings.drainer() + "-dead-letter", settings.maxBlock(), settings.deliveryTimeout()));
        // What the source topic took, this client must not refuse: the broker decides.
        long buffer = Math.min(of.number(BUFFER_MEMORY_CONFIG, USUAL_BUFFER_BYTES), Integer.MAX_VALUE);
        properties.putIfAbsent(MAX_REQUEST_SIZE_CONFIG, Long.toString(buffer));
        return Map.copyOf(properties);
    }

    private Map<String, Object> with(String client, Duration maxBlock, Duration deliveryTimeout) {
        refuse(ACKS_CONFIG, "all", "-1");
        refuse(ENABLE_IDEMPOTENCE_CONFIG, "true");
        refuse(TRANSACTIONAL_ID_CONFIG);
        refuse(KEY_SERIALIZER_CLASS_CONFIG);
        refuse(VALUE_SERIALIZER_CLASS_CONFIG);
        refuse(MAX_BLOCK_MS_CONFIG, Long.toString(maxBlock.toMillis()));
        refuse(DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(deliveryTimeout.toMillis()));
        Map<String, Object> properties = new HashMap<>();
        given.forEach((key, value) -> {
            if (OF_PRODUCERS.contains(key) || !OF_OTHERS.contains(key)) {
                properties.put(key, value);
            }
        });
        String clientId = given.get(CLIENT_ID_CONFIG);
        properties.put(CLIENT_ID_CONFIG, (clientId == null ? "tidegate" : clientId) + "-" + client);
        properties.put(ACKS_CONFIG, "all");
        properties.put(ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(MAX_BLOCK_MS_CONFIG, Long.toString(maxBlock.toMillis()));
        properties.put(DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(deliveryTimeout.toMillis()));
        properties.put(REQUEST_TIMEOUT_MS_CONFIG, Long.toString(requestTimeout(deliveryTimeout.toMillis())));
        return Map.copyOf(properties);
    }

    /** Kafka demands linger + request timeout ≤ delivery timeout; half of it leaves time for one more try. */
    private long requestTimeout(long deliveryTimeout) {
        long linger = number(LINGER_MS_CONFIG, USUAL_LINGER_MS);
        if (!given.containsKey(REQUEST_TIMEOUT_MS_CONFIG)) {
            long most = (deliveryTimeout - linger) / 2;
            if (most < 1) {
                throw refused(LINGER_MS_CONFIG, "less than the delivery timeout of " + deliveryTimeout + " ms");
            }
            return Math.min(USUAL_REQUEST_TIMEOUT_MS, most);
        }
        long requestTimeout = number(REQUEST_TIMEOUT_MS_CONFIG, USUAL_REQUEST_TIMEOUT_MS);
        if (linger + requestTimeout > deliveryTimeout) {
            throw refused(
                    REQUEST_TIMEOUT_MS_CONFIG,
                    "at most the delivery timeout less linger.ms: " + (deliveryTimeout - linger) + " ms");
        }
        return requestTimeout;
    }

    private long number(String key, long otherwise) {
        String value = given.get(key);
        if (value == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException e) {
            throw refused(key, "a whole number");
        }
    }

    private void refuse(String key, String... allowed) {
        String value = given.get(key);
        if (value != null && !Set.of(allowed).contains(value.strip())) {
            throw refused(key, allowed.length == 0 ? "nothing: leave it out" : String.join(" or ", allowed));
        }
    }

    private IllegalArgumentException refused(String key, String allowed) {
        return new IllegalArgumentException(prefix + ".kafka." + key + " (or tidegate.kafka." + key + ") is '"
                + given.getOrDefault(key, "") + "'; allowed is " + allowed);
    }

    private static Set<String> namesOfOthers() {
        Set<String> names = new HashSet<>(ConsumerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        return Set.copyOf(names);
    }
}

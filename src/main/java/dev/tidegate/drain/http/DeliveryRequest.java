package dev.tidegate.drain.http;

import dev.tidegate.drain.Delivery;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/**
 * Turns a delivery into an HTTP request. Nothing of the record but topic and numbers, which Kafka restricts, reaches the
 * request unencoded.
 */
final class DeliveryRequest {
    /** A longer key is left out and its size told. */
    static final int MOST_KEY_BYTES = 1_024;

    private final DownstreamSettings settings;

    /** @throws IllegalArgumentException if base URL, path or a configured header cannot be sent */
    DeliveryRequest(DownstreamSettings settings) {
        this.settings = settings;
        configured(HttpRequest.newBuilder(uri(settings.path(), "drainer", "topic")));
        String healthPath = settings.healthPath();
        if (healthPath != null) {
            HttpRequest.newBuilder(uri(healthPath, "drainer", "topic"));
        }
    }

    HttpRequest of(Delivery delivery) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(settings.path(), delivery.drainer(), delivery.topic()));
        byte[] value = delivery.value();
        if (value == null) {
            request.POST(BodyPublishers.noBody()).setHeader("Kafka-Value-Null", "true");
        } else {
            request.POST(BodyPublishers.ofByteArray(value))
                    .setHeader("Content-Type", expand(settings.contentType(), delivery.drainer(), delivery.topic()));
        }
        request.setHeader("Idempotency-Key", idempotencyKey(delivery))
                .setHeader("Kafka-Topic", delivery.topic())
                .setHeader("Kafka-Partition", Integer.toString(delivery.partition()))
                .setHeader("Kafka-Offset", Long.toString(delivery.offset()));
        if (delivery.timestamp() >= 0) {
            request.setHeader("Kafka-Timestamp", Long.toString(delivery.timestamp()));
        }
        writeKey(delivery, request);
        RecordHeaderLines.write(delivery.headers(), request);
        configured(request);
        return request.build();
    }

    HttpRequest ofHealth(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path, "health", "health"));
        configured(request);
        return request.GET().build();
    }

    private static void writeKey(Delivery delivery, HttpRequest.Builder request) {
        byte[] key = delivery.key();
        if (key == null) {
            return;
        }
        if (key.length > MOST_KEY_BYTES) {
            request.setHeader("Kafka-Key-Size", Integer.toString(key.length));
            return;
        }
        String plain = HeaderText.plain(key);
        if (plain == null) {
            request.setHeader("Kafka-Key-Base64", HeaderText.base64(key));
        } else {
            request.setHeader("Kafka-Key", plain);
        }
    }

    /** Names the record for ever: also a topic that is deleted and made again has a new id. */
    private static String idempotencyKey(Delivery delivery) {
        boolean hasId = !Uuid.ZERO_UUID.equals(delivery.topicId());
        return HeaderText.quoted(
                delivery.group() + ":" + (hasId ? delivery.topicId().toString() : delivery.topic()) + ":"
                        + delivery.partition() + ":" + delivery.offset());
    }

    private URI uri(String path, String drainer, String topic) {
        String base = settings.baseUrl().toString();
        String whole = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        String separator = path.startsWith("/") ? "" : "/";
        return URI.create(whole + separator + expand(path, drainer, topic));
    }

    private static String expand(String template, String drainer, String topic) {
        return template.replace("{drainer}", drainer).replace("{topic}", topic);
    }

    /** Configured headers go last, so that they replace ours of the same name. */
    private void configured(HttpRequest.Builder request) {
        for (Map.Entry<String, String> header : settings.headers().entrySet()) {
            try {
                request.setHeader(header.getKey(), header.getValue());
            } catch (IllegalArgumentException e) {
                // Without its cause, whose text holds the value: that may be a credential.
                throw new IllegalArgumentException(
                        "tidegate.downstream." + settings.name() + ".header." + header.getKey()
                                + " cannot be sent: its name is reserved or malformed, or its value (not shown) holds a line break"
                                + " or other control character");
            }
        }
    }
}

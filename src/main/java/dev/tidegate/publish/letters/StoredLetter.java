package dev.tidegate.publish.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A letter with its bytes. Only headers that were written here are believed: they follow those of the source, none of which
 * can begin with {@code tidegate-}, and each stands once.
 */
record StoredLetter(Letter facts, ConsumerRecord<byte[], byte[]> record) {
    static final String REPLAYED = "tidegate-replayed";
    private static final String OURS = "tidegate-";
    private static final String UNTRUSTED = "untrusted-";

    /** Nothing if it is no letter of Tidegate's, or pretends to be one. */
    static Optional<StoredLetter> of(ConsumerRecord<byte[], byte[]> record) {
        try {
            Letter facts = facts(record);
            String id = facts.group() + ":" + facts.sourceTopic() + ":" + facts.sourcePartition() + ":"
                    + facts.sourceOffset();
            return id.equals(facts.id()) ? Optional.of(new StoredLetter(facts, record)) : Optional.empty();
        } catch (IllegalArgumentException | java.time.DateTimeException notOurs) {
            return Optional.empty();
        }
    }

    private static Letter facts(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        String valueSize = optional(headers, "tidegate-value-size");
        String keySize = optional(headers, "tidegate-key-size");
        boolean isWhole =
                valueSize == null && keySize == null && headers.lastHeader("tidegate-omitted-headers") == null;
        return new Letter(
                new LetterRef(record.topic(), record.partition(), record.offset()),
                one(headers, "tidegate-id"),
                Instant.parse(one(headers, "tidegate-time")),
                one(headers, "tidegate-drainer"),
                one(headers, "tidegate-group"),
                one(headers, "tidegate-circuit"),
                one(headers, "tidegate-source-topic"),
                Integer.parseInt(one(headers, "tidegate-source-partition")),
                Long.parseLong(one(headers, "tidegate-source-offset")),
                one(headers, "tidegate-cause-class"),
                one(headers, "tidegate-cause-text"),
                Integer.parseInt(one(headers, "tidegate-attempts")),
                keySize == null ? sizeOf(record.key()) : Integer.parseInt(keySize),
                valueSize == null ? sizeOf(record.value()) : Integer.parseInt(valueSize),
                isWhole,
                null);
    }

    private static int sizeOf(byte @Nullable [] bytes) {
        return bytes == null ? -1 : bytes.length;
    }

    private static @Nullable String optional(Headers headers, String name) {
        return headers.lastHeader(name) == null ? null : one(headers, name);
    }

    private static String one(Headers headers, String name) {
        String found = null;
        for (Header header : headers.headers(name)) {
            if (found != null || header.value() == null) {
                throw new IllegalArgumentException(name + " stands twice or is empty");
            }
            found = new String(header.value(), UTF_8);
        }
        if (found == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return found;
    }

    StoredLetter with(Letter marked) {
        return new StoredLetter(marked, record);
    }

    /** As it came from its source, to where it came from, with one header more. */
    ProducerRecord<byte[], byte[]> again() {
        RecordHeaders headers = new RecordHeaders();
        for (Header header : record.headers()) {
            String name = header.key();
            if (name.toLowerCase(Locale.ROOT).startsWith(OURS)) {
                break;
            }
            String original = restored(name);
            if (!original.toLowerCase(Locale.ROOT).startsWith(REPLAYED)) {
                headers.add(original, header.value());
            }
        }
        headers.add(REPLAYED, facts.ref().toString().getBytes(UTF_8));
        String timestamp = one(record.headers(), "tidegate-source-timestamp");
        long millis = Long.parseLong(timestamp);
        return new ProducerRecord<>(
                facts.sourceTopic(), null, millis < 0 ? null : millis, record.key(), record.value(), headers);
    }

    private static String restored(String name) {
        if (!name.startsWith(UNTRUSTED)) {
            return name;
        }
        String original = name.substring(UNTRUSTED.length());
        String lower = original.toLowerCase(Locale.ROOT);
        boolean wasRenamed =
                lower.startsWith(OURS) || lower.startsWith("kafka_dlt-") || lower.startsWith("dead-letter-");
        return wasRenamed ? original : name;
    }
}

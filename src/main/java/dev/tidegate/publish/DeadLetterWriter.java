package dev.tidegate.publish;

import static dev.tidegate.publish.LetterHeaders.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Writes a dead letter as a Kafka record. Headers that came with the record are copied as bytes and never read. */
final class DeadLetterWriter {
    /** How much of the letter goes, each step smaller than the one before. */
    enum Cut {
        /** Everything, with a cause text of at most 4 KiB. */
        WHOLE(4_096),
        /** Everything, with a cause text of at most 64 bytes. */
        SHORT_CAUSE(64),
        /** No value: its size and SHA-256 instead. */
        NO_VALUE(64),
        /** Neither value, key nor source headers: sizes and SHA-256 instead. */
        COORDINATES(64);

        private final int causeBytes;

        Cut(int causeBytes) {
            this.causeBytes = causeBytes;
        }

        boolean hasValue() {
            return this == WHOLE || this == SHORT_CAUSE;
        }
    }

    private final LetterHeaders style;

    DeadLetterWriter(LetterHeaders style) {
        this.style = style;
    }

    /** The same for every copy of one record, so that copies are known as copies. */
    static String idOf(DeadLetter letter) {
        return letter.group() + ":" + letter.sourceTopic() + ":" + letter.partition() + ":" + letter.offset();
    }

    /** @param keepsTimestamp false if the broker refused the source's timestamp: the header has it in any case */
    ProducerRecord<byte[], byte[]> write(DeadLetter letter, Cut cut, boolean keepsTimestamp) {
        Headers headers = new RecordHeaders();
        if (cut == Cut.COORDINATES) {
            headers.add(
                    "tidegate-omitted-headers",
                    text(Integer.toString(letter.headers().toArray().length)));
            omit("key", letter.key(), headers);
        } else {
            copy(letter.headers(), headers);
        }
        if (!cut.hasValue()) {
            omit("value", letter.value(), headers);
        }
        style.write(letter, shorten(letter.causeText(), cut.causeBytes), headers);
        // The client takes no timestamp below zero, which is how Kafka writes that there is none.
        Long timestamp = keepsTimestamp && letter.timestamp() >= 0 ? letter.timestamp() : null;
        return new ProducerRecord<>(
                letter.deadLetterTopic(),
                null,
                timestamp,
                cut == Cut.COORDINATES ? null : letter.key(),
                cut.hasValue() ? letter.value() : null,
                headers);
    }

    private void copy(Headers source, Headers to) {
        for (Header header : source) {
            String name = header.key();
            boolean isForged = style.isOurs(name.toLowerCase(Locale.ROOT));
            to.add(isForged ? LetterHeaders.UNTRUSTED + name : name, header.value());
        }
    }

    private static void omit(String what, byte @Nullable [] bytes, Headers to) {
        if (bytes == null) {
            return;
        }
        to.add("tidegate-" + what + "-size", text(Integer.toString(bytes.length)));
        to.add("tidegate-" + what + "-sha256", text(HexFormat.of().formatHex(sha256(bytes))));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** Cuts between characters, so that what is left is still UTF-8. */
    private static String shorten(String cause, int mostBytes) {
        byte[] bytes = cause.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= mostBytes) {
            return cause;
        }
        int end = mostBytes;
        while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}

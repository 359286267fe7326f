package dev.tidegate.publish;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;

/** Whose header names a dead letter carries beside Tidegate's own, so that other tools' replays can read it. */
interface LetterHeaders {
    /** What is put before the name of a header that came with the record and looks like one of ours: nobody believes it. */
    String UNTRUSTED = "untrusted-";

    /** Whether a header of that name would be taken for one that was written here. */
    boolean isOurs(String lowerCaseName);

    void write(DeadLetter letter, String causeText, Headers to);

    static LetterHeaders of(DeadLetterSettings.HeaderStyle style) {
        return switch (style) {
            case TIDEGATE -> TIDEGATE;
            case SPRING -> SPRING;
            case SMALLRYE -> SMALLRYE;
        };
    }

    static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] eightBytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    /** Texts in UTF-8, numbers in decimal digits. */
    LetterHeaders TIDEGATE = new LetterHeaders() {
        @Override
        public boolean isOurs(String lowerCaseName) {
            return lowerCaseName.startsWith("tidegate-");
        }

        @Override
        public void write(DeadLetter letter, String causeText, Headers to) {
            to.add("tidegate-source-topic", text(letter.sourceTopic()));
            to.add("tidegate-source-partition", text(Integer.toString(letter.partition())));
            to.add("tidegate-source-offset", text(Long.toString(letter.offset())));
            to.add("tidegate-source-timestamp", text(Long.toString(letter.timestamp())));
            to.add("tidegate-drainer", text(letter.drainer()));
            to.add("tidegate-group", text(letter.group()));
            to.add("tidegate-circuit", text(letter.circuit()));
            to.add("tidegate-cause-class", text(letter.causeClass()));
            to.add("tidegate-cause-text", text(causeText));
            to.add("tidegate-attempts", text(Integer.toString(letter.attempts())));
            to.add("tidegate-time", text(letter.at().toString()));
            to.add("tidegate-id", text(DeadLetterWriter.idOf(letter)));
        }
    };

    /** What Spring Kafka's DeadLetterPublishingRecoverer writes: numbers big-endian. */
    LetterHeaders SPRING = new LetterHeaders() {
        @Override
        public boolean isOurs(String lowerCaseName) {
            return TIDEGATE.isOurs(lowerCaseName) || lowerCaseName.startsWith("kafka_dlt-");
        }

        @Override
        public void write(DeadLetter letter, String causeText, Headers to) {
            TIDEGATE.write(letter, causeText, to);
            to.add("kafka_dlt-original-topic", text(letter.sourceTopic()));
            to.add(
                    "kafka_dlt-original-partition",
                    ByteBuffer.allocate(Integer.BYTES)
                            .putInt(letter.partition())
                            .array());
            to.add("kafka_dlt-original-offset", eightBytes(letter.offset()));
            to.add("kafka_dlt-original-timestamp", eightBytes(letter.timestamp()));
            to.add("kafka_dlt-original-consumer-group", text(letter.group()));
            to.add("kafka_dlt-exception-fqcn", text(letter.causeClass()));
            to.add("kafka_dlt-exception-message", text(causeText));
        }
    };

    /** What SmallRye Reactive Messaging's dead-letter queue writes: numbers in decimal digits. */
    LetterHeaders SMALLRYE = new LetterHeaders() {
        @Override
        public boolean isOurs(String lowerCaseName) {
            return TIDEGATE.isOurs(lowerCaseName) || lowerCaseName.startsWith("dead-letter-");
        }

        @Override
        public void write(DeadLetter letter, String causeText, Headers to) {
            TIDEGATE.write(letter, causeText, to);
            to.add("dead-letter-topic", text(letter.sourceTopic()));
            to.add("dead-letter-partition", text(Integer.toString(letter.partition())));
            to.add("dead-letter-offset", text(Long.toString(letter.offset())));
            to.add("dead-letter-exception-class-name", text(letter.causeClass()));
            to.add("dead-letter-reason", text(causeText));
        }
    };
}

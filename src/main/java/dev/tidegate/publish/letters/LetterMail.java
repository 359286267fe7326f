package dev.tidegate.publish.letters;

import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends letters to where they came from. */
@FunctionalInterface
public interface LetterMail {
    /**
     * Returns once the broker has acknowledged it; blocks for a bounded time.
     *
     * @throws LettersAwayException if it was not acknowledged, so that it may lie there or not
     */
    void send(ProducerRecord<byte[], byte[]> letter) throws LettersAwayException;
}

package dev.tidegate.publish.letters;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Sends letters by a producer that somebody else closes. Thread-safe. */
public final class KafkaLetterMail implements LetterMail {
    private final Producer<byte[], byte[]> producer;
    private final Duration atMost;

    /** @param atMost how long an acknowledgement is waited for, beside the producer's own {@code max.block.ms} */
    public KafkaLetterMail(Producer<byte[], byte[]> producer, Duration atMost) {
        this.producer = producer;
        this.atMost = atMost;
    }

    @Override
    public void send(ProducerRecord<byte[], byte[]> letter) throws LettersAwayException {
        try {
            producer.send(letter).get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unacknowledged(letter, e);
        } catch (ExecutionException | TimeoutException | KafkaException | IllegalStateException e) {
            throw unacknowledged(letter, e);
        }
    }

    private static LettersAwayException unacknowledged(ProducerRecord<byte[], byte[]> letter, Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new LettersAwayException(letter.topic() + " did not acknowledge it: " + cause, e);
    }
}

package dev.tidegate.publish;

import dev.tidegate.core.Ticker;
import dev.tidegate.publish.DeadLetterResult.DoesNotFit;
import dev.tidegate.publish.DeadLetterResult.Failed;
import dev.tidegate.publish.DeadLetterResult.Sent;
import dev.tidegate.publish.DeadLetterWriter.Cut;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one drainer's dead letters with a client of its own. The broker decides what fits: a letter that it turns down for its
 * size goes again, each time with less, until one copy is stored. Safe for use by many threads.
 */
public final class KafkaDeadLetterSender implements DeadLetterSender {
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final DeadLetterSettings settings;
    private final DeadLetterWriter writer;
    private final Outbound outbound;

    /**
     * Makes no client yet: the first letter does.
     *
     * @param executor where the Kafka client may block for {@code max-block}: one task for each topic that is not known
     * @throws IllegalArgumentException if a Kafka property contradicts what dead letters promise
     */
    public KafkaDeadLetterSender(
            DeadLetterSettings settings, ProducerFactory factory, Executor executor, Ticker ticker) {
        this.settings = settings;
        this.writer = new DeadLetterWriter(LetterHeaders.of(settings.headers()));
        this.outbound = new Outbound(
                "dead-letter sender of drainer " + settings.drainer(),
                ProducerProperties.of(settings),
                factory,
                executor,
                ticker);
    }

    @Override
    public CompletionStage<DeadLetterResult> send(DeadLetter letter) {
        CompletableFuture<DeadLetterResult> result = new CompletableFuture<>();
        send(letter, Cut.WHOLE, true, result);
        return result.minimalCompletionStage();
    }

    @Override
    public void close() {
        // The drainers have stopped: an acknowledgement could not be committed any more, so the letter is sent again.
        outbound.close(CLOSING);
    }

    private void send(DeadLetter letter, Cut cut, boolean keepsTimestamp, CompletableFuture<DeadLetterResult> result) {
        // Never held: one that goes again is sent from the Kafka client's own thread.
        outbound.send(writer.write(letter, cut, keepsTimestamp), false, end -> {
            if (end instanceof Handover.Acknowledged acknowledged) {
                var metadata = acknowledged.metadata();
                result.complete(new Sent(metadata.topic(), metadata.partition(), metadata.offset(), cut.hasValue()));
                return;
            }
            Exception error = ((Handover.Unsent) end).error();
            if (error instanceof InvalidTimestampException && keepsTimestamp) {
                sendAgain(letter, cut, false, result);
                return;
            }
            if (!(error instanceof RecordTooLargeException)) {
                result.complete(new Failed(error));
                return;
            }
            Cut smaller = smallerThan(cut);
            if (smaller == null) {
                result.complete(doesNotFit(letter, error));
                return;
            }
            sendAgain(letter, smaller, keepsTimestamp, result);
        });
    }

    // On the Kafka client's own thread, where nobody hears what is thrown.
    private void sendAgain(
            DeadLetter letter, Cut cut, boolean keepsTimestamp, CompletableFuture<DeadLetterResult> result) {
        try {
            send(letter, cut, keepsTimestamp, result);
        } catch (RuntimeException e) {
            result.complete(new Failed(e));
        } catch (Error e) {
            result.complete(new Failed(new IllegalStateException(e)));
        }
    }

    private @Nullable Cut smallerThan(Cut cut) {
        return switch (cut) {
            case WHOLE -> Cut.SHORT_CAUSE;
            case SHORT_CAUSE -> settings.isTruncated() ? Cut.NO_VALUE : null;
            case NO_VALUE -> Cut.COORDINATES;
            case COORDINATES -> null;
        };
    }

    private DoesNotFit doesNotFit(DeadLetter letter, Exception error) {
        byte[] value = letter.value();
        return new DoesNotFit("the dead letter of " + letter.sourceTopic() + "-" + letter.partition() + " offset "
                + letter.offset() + " (value of " + (value == null ? 0 : value.length) + " bytes) does not fit "
                + letter.deadLetterTopic() + ": " + error.getMessage()
                + " Raise max.message.bytes of that topic, or set "
                + "tidegate.drainer." + settings.drainer() + ".dead-letter-oversize=truncate");
    }
}

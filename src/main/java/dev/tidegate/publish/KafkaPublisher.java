package dev.tidegate.publish;

import dev.tidegate.core.ClaimPending;
import dev.tidegate.core.Failure;
import dev.tidegate.core.Permit;
import dev.tidegate.core.Ticker;
import dev.tidegate.guard.Circuit;
import dev.tidegate.guard.CircuitOpenException;
import dev.tidegate.publish.PublishResult.Failed;
import dev.tidegate.publish.PublishResult.Fault;
import dev.tidegate.publish.PublishResult.Published;
import dev.tidegate.publish.PublishResult.Refused;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * A publisher over a Kafka producer. A caller is never held for metadata, and at most {@code max-block} for buffer room. The
 * outcome is known within twice {@code max-block} plus the delivery timeout, also when many call at once (the Kafka client
 * notices up to a second late that the time is over); while the broker is away from the start, within {@code max-block}.
 * Safe for use by many threads.
 */
public final class KafkaPublisher implements Publisher, AutoCloseable {
    private final PublisherSettings settings;
    private final Circuit circuit;
    private final Ticker ticker;
    private final Outbound outbound;
    private final PublisherFigures figures = new PublisherFigures();

    /**
     * Makes no client yet: the first record does.
     *
     * @param executor where the Kafka client may block for {@code max-block}: one task for each topic that is not known
     * @throws IllegalArgumentException if a Kafka property contradicts what a publisher promises
     */
    public KafkaPublisher(
            PublisherSettings settings, Circuit circuit, ProducerFactory factory, Executor executor, Ticker ticker) {
        this.settings = settings;
        this.circuit = circuit;
        this.ticker = ticker;
        this.outbound = new Outbound(
                "publisher " + settings.name(), ProducerProperties.of(settings), factory, executor, ticker);
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String topic() {
        return settings.topic();
    }

    @Override
    public Circuit circuit() {
        return circuit;
    }

    @Override
    public CompletionStage<RecordMetadata> publish(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<RecordMetadata> metadata = new CompletableFuture<>();
        send(record).thenAccept(result -> {
            if (result instanceof Published published) {
                metadata.complete(published.metadata());
            } else if (result instanceof Refused refused) {
                metadata.completeExceptionally(refused.refusal());
            } else if (result instanceof Failed failed) {
                metadata.completeExceptionally(failed.error());
            }
        });
        return metadata;
    }

    @Override
    public CompletionStage<PublishResult> send(ProducerRecord<byte[], byte[]> record) {
        return sendOnce(record).minimalCompletionStage();
    }

    @Override
    public PublishResult publishAndWait(ProducerRecord<byte[], byte[]> record) {
        Duration most = settings.maxBlock().plus(settings.deliveryTimeout());
        try {
            return sendOnce(record).get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Failed(
                    Fault.BROKER,
                    new TimeoutException("publisher " + name() + " knows no outcome after " + most
                            + "; the record may still arrive"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failed(Fault.BROKER, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a bug: a send told its outcome as an exception", e);
        }
    }

    @Override
    public PublisherStatus status() {
        return figures.of(settings);
    }

    /** Gives what is under way that much time, then gives it up as failed. */
    public void close(Duration timeout) {
        outbound.close(timeout);
    }

    /** Closes with the delivery timeout. */
    @Override
    public void close() {
        close(settings.deliveryTimeout());
    }

    private CompletableFuture<PublishResult> sendOnce(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<PublishResult> result = new CompletableFuture<>();
        Permit permit = circuit.tryAcquire();
        if (permit instanceof ClaimPending claim) {
            // The store's thread, which brings the answer, must not be held.
            claim.answered().thenRun(() -> {
                try {
                    sendWith(circuit.tryAcquire(), record, false, result);
                } catch (RuntimeException | Error e) {
                    result.complete(new Failed(Fault.BROKER, new IllegalStateException(e)));
                }
            });
            return result;
        }
        sendWith(permit, record, true, result);
        return result;
    }

    private void sendWith(
            Permit permit,
            ProducerRecord<byte[], byte[]> record,
            boolean mayHold,
            CompletableFuture<PublishResult> result) {
        if (permit instanceof Permit.Granted granted) {
            long start = ticker.nanos();
            figures.started();
            outbound.send(record, mayHold, end -> result.complete(told(granted, end, ticker.nanos() - start)));
            return;
        }
        figures.refused();
        result.complete(new Refused(new CircuitOpenException(circuit.name(), (Permit.Refused) permit)));
    }

    // Whoever waits is told in any case, or would wait for ever.
    private PublishResult told(Permit.Granted permit, Handover end, long nanos) {
        try {
            return settle(permit, end, nanos);
        } catch (RuntimeException | Error e) {
            return new Failed(Fault.BROKER, new IllegalStateException(e));
        }
    }

    private PublishResult settle(Permit.Granted permit, Handover end, long nanos) {
        if (end instanceof Handover.Acknowledged acknowledged) {
            permit.success(nanos);
            figures.acknowledged();
            return new Published(acknowledged.metadata());
        }
        Handover.Unsent unsent = (Handover.Unsent) end;
        if (!unsent.hasReached()) {
            // Turned down in this process: it tells nothing of the broker.
            permit.release();
        } else if (unsent.fault() == Fault.BROKER) {
            permit.failure(Failure.of(unsent.error()), nanos);
        } else {
            permit.neutral();
        }
        figures.failed(unsent);
        return new Failed(unsent.fault(), unsent.error());
    }
}

package dev.tidegate.drain;

import dev.tidegate.core.Failure;
import dev.tidegate.core.Permit;
import dev.tidegate.guard.Circuit;
import dev.tidegate.guard.CircuitOpenException;
import dev.tidegate.publish.PublishResult;
import dev.tidegate.publish.PublishResult.Fault;
import dev.tidegate.publish.Publisher;
import dev.tidegate.publish.PublisherStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A guarded publisher without a producer: acknowledges, or fails as the test says. */
final class ScriptedPublisher implements Publisher {
    final List<String> published = new CopyOnWriteArrayList<>();
    final AtomicInteger sends = new AtomicInteger();
    volatile @Nullable Fault fault;
    volatile @Nullable Error thrown;
    private final Circuit circuit;

    ScriptedPublisher(Circuit circuit) {
        this.circuit = circuit;
    }

    @Override
    public CompletionStage<PublishResult> send(ProducerRecord<byte[], byte[]> record) {
        Error error = thrown;
        if (error != null) {
            sends.incrementAndGet();
            throw error;
        }
        Permit permit = circuit.tryAcquire();
        if (permit instanceof Permit.Refused refused) {
            return CompletableFuture.completedStage(
                    new PublishResult.Refused(new CircuitOpenException(circuit.name(), refused)));
        }
        sends.incrementAndGet();
        Permit.Granted granted = (Permit.Granted) permit;
        Fault now = fault;
        if (now == null) {
            granted.success();
            published.add(new String(record.value(), StandardCharsets.UTF_8));
            return CompletableFuture.completedStage(new PublishResult.Published(
                    new RecordMetadata(new TopicPartition(record.topic(), 0), 0, 0, 0, 0, 0)));
        }
        if (now == Fault.BROKER) {
            granted.failure(new Failure("no answer"));
        } else {
            granted.neutral();
        }
        return CompletableFuture.completedStage(new PublishResult.Failed(now, new IllegalStateException("scripted")));
    }

    @Override
    public String name() {
        return "orders-done";
    }

    @Override
    public String topic() {
        return "orders-done";
    }

    @Override
    public Circuit circuit() {
        return circuit;
    }

    @Override
    public CompletionStage<RecordMetadata> publish(ProducerRecord<byte[], byte[]> record) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PublishResult publishAndWait(ProducerRecord<byte[], byte[]> record) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PublisherStatus status() {
        throw new UnsupportedOperationException();
    }
}

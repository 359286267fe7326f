package dev.tidegate.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A producer in memory whose look at a topic, hand-over and answers a test decides. */
final class ScriptedProducer extends MockProducer<byte[], byte[]> {
    private static final Node NODE = new Node(1, "localhost", 1);

    final List<String> looks = new ArrayList<>();
    final List<Duration> closes = new ArrayList<>();
    volatile @Nullable CountDownLatch lookGate;
    volatile @Nullable RuntimeException lookError;
    volatile @Nullable RuntimeException onTheSpot;
    volatile @Nullable Error thrown;
    volatile @Nullable CountDownLatch closeGate;
    volatile int partitions = 3;

    ScriptedProducer(boolean answersAtOnce) {
        super(answersAtOnce, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        synchronized (looks) {
            looks.add(topic);
        }
        pass(lookGate);
        RuntimeException error = lookError;
        if (error != null) {
            throw error;
        }
        List<PartitionInfo> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            all.add(new PartitionInfo(topic, partition, NODE, new Node[] {NODE}, new Node[] {NODE}));
        }
        return all;
    }

    /** Like the real one: an error of the hand-over goes to the callback on the caller's thread. */
    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        Error failed = thrown;
        if (failed != null) {
            throw failed;
        }
        RuntimeException error = onTheSpot;
        if (error != null) {
            callback.onCompletion(null, error);
            return CompletableFuture.failedFuture(error);
        }
        return super.send(record, callback);
    }

    @Override
    public void close(Duration timeout) {
        closes.add(timeout);
        pass(closeGate);
        super.close(timeout);
    }

    private static void pass(@Nullable CountDownLatch gate) {
        try {
            if (gate != null && !gate.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test forgot to open the gate");
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}

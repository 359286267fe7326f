package dev.tidegate.publish;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** The one producer in use: made when first needed, replaced after a fatal error. Safe for use by many threads. */
final class ProducerSlot {
    private static final System.Logger LOG = System.getLogger(ProducerSlot.class.getName());

    private final String name;
    private final Map<String, Object> properties;
    private final ProducerFactory factory;
    private final Executor executor;
    private volatile @Nullable Producer<byte[], byte[]> current;
    private boolean isClosed;

    ProducerSlot(String name, Map<String, Object> properties, ProducerFactory factory, Executor executor) {
        this.name = name;
        this.properties = properties;
        this.factory = factory;
        this.executor = executor;
    }

    /** The producer if there is one; never waits. */
    @Nullable
    Producer<byte[], byte[]> peek() {
        return current;
    }

    /** The producer, made now if there is none: may block. */
    synchronized Producer<byte[], byte[]> take() {
        if (isClosed) {
            throw new IllegalStateException(name + " is closed");
        }
        Producer<byte[], byte[]> producer = current;
        if (producer == null) {
            producer = factory.create(properties);
            current = producer;
        }
        return producer;
    }

    /** Puts a producer that met a fatal error out of use; the next record gets a new one. */
    void discard(Producer<byte[], byte[]> producer, Throwable error) {
        synchronized (this) {
            if (current != producer || isClosed) {
                return;
            }
            current = null;
        }
        LOG.log(
                System.Logger.Level.WARNING,
                () -> name + ": its Kafka producer met a fatal error and is replaced: " + error);
        try {
            // Not here: this may be the producer's own thread, which cannot wait for itself.
            executor.execute(() -> close(producer, Duration.ZERO));
        } catch (RejectedExecutionException shuttingDown) {
            close(producer, Duration.ZERO);
        }
    }

    void close(Duration timeout) {
        Producer<byte[], byte[]> producer;
        synchronized (this) {
            isClosed = true;
            producer = current;
            current = null;
        }
        if (producer != null) {
            close(producer, timeout);
        }
    }

    private void close(Producer<byte[], byte[]> producer, Duration timeout) {
        try {
            producer.close(timeout);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, name + ": its Kafka producer did not close cleanly", e);
        }
    }
}

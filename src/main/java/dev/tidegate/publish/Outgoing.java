package dev.tidegate.publish;

import dev.tidegate.publish.Handover.Acknowledged;
import dev.tidegate.publish.Handover.Unsent;
import dev.tidegate.publish.PublishResult.Fault;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One record on its way to the broker: told exactly once what became of it. Safe for use by many threads. */
final class Outgoing implements TopicLane.Entry, Callback {
    private final ProducerRecord<byte[], byte[]> record;
    private final Consumer<Handover> done;
    private final Outbound outbound;
    private final TopicLane lane;
    private final AtomicBoolean isDone = new AtomicBoolean();
    private volatile @Nullable Thread handingOver;
    private volatile @Nullable Producer<byte[], byte[]> producer;
    private volatile @Nullable Exception errorOnTheSpot;

    Outgoing(ProducerRecord<byte[], byte[]> record, Outbound outbound, TopicLane lane, Consumer<Handover> done) {
        this.record = record;
        this.outbound = outbound;
        this.lane = lane;
        this.done = done;
    }

    /** Hands it to the producer, which may hold this thread up to max-block. */
    @Override
    public @Nullable Exception go(Producer<byte[], byte[]> to) {
        producer = to;
        handingOver = Thread.currentThread();
        try {
            Future<RecordMetadata> unused = to.send(record, this); // the callback tells
        } catch (RuntimeException e) {
            onCompletion(null, e);
        } catch (Error e) {
            // Who waits must hear of it: nobody else will tell.
            onCompletion(null, new ExecutionException("the Kafka client failed: " + e, e));
        } finally {
            handingOver = null;
        }
        Exception error = errorOnTheSpot;
        return error instanceof TimeoutException && faultOf(error) == Fault.BROKER ? error : null;
    }

    /** By the producer: on the caller's thread while the record is handed over, later on the producer's own. */
    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception error) {
        if (error == null && metadata != null) {
            end(new Acknowledged(metadata));
            return;
        }
        Exception cause =
                error == null ? new IllegalStateException("the producer gave neither answer nor error") : error;
        Producer<byte[], byte[]> met = producer;
        if (met != null) {
            outbound.onError(met, lane, cause);
        }
        if (Thread.currentThread() == handingOver) {
            errorOnTheSpot = cause;
            Fault fault = faultOf(cause);
            end(new Unsent(fault, cause, fault != Fault.RECORD));
            return;
        }
        if (cause instanceof TimeoutException && Faults.of(cause) == Fault.BROKER) {
            outbound.ask(lane, new Expired(cause));
            return;
        }
        end(new Unsent(Faults.of(cause), cause, true));
    }

    @Override
    public void fail(Exception error) {
        boolean isOurs = outbound.isClosed() || error instanceof RejectedExecutionException;
        end(new Unsent(faultOf(error), error, !isOurs));
    }

    /** Turns it down before the broker was tried. */
    void turnDown(Exception error) {
        end(new Unsent(Fault.BROKER, error, false));
    }

    private Fault faultOf(Exception error) {
        Integer partition = record.partition();
        int known = lane.partitions();
        boolean isOfNoPartition = partition != null && known > 0 && partition >= known;
        return isOfNoPartition && error instanceof TimeoutException ? Fault.TOPIC : Faults.of(error);
    }

    private void end(Handover end) {
        if (isDone.compareAndSet(false, true)) {
            done.accept(end);
        }
    }

    /** A record whose time ran out: a broker that is away, unless the topic was taken away meanwhile. */
    private final class Expired implements TopicLane.Entry {
        private final Exception error;

        Expired(Exception error) {
            this.error = error;
        }

        @Override
        public @Nullable Exception go(Producer<byte[], byte[]> known) {
            end(new Unsent(Fault.BROKER, error, true));
            return null;
        }

        @Override
        public void fail(Exception found) {
            end(new Unsent(Faults.of(found), error, true));
        }
    }
}

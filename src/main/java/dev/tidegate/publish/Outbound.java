package dev.tidegate.publish;

import dev.tidegate.core.Ticker;
import dev.tidegate.publish.PublishResult.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * The way of records to the broker. A producer's {@code send} blocks while it does not know the topic; so whoever sends to an
 * unknown topic waits in its lane, without a thread, while one task looks at the topic for all of them. A record is handed to
 * the client, or turned down, within two times {@code max-block}: one for the look, one for buffer room. Records of one topic
 * keep the order in which one thread sent them. Safe for use by many threads.
 */
final class Outbound {
    private static final int MOST_TOPICS = 1_000;

    private final String name;
    private final ProducerSlot slot;
    private final Executor executor;
    private final Ticker ticker;
    private final Map<String, TopicLane> lanes = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    /** @param executor runs looks; each may block for {@code max-block}, so it must not be short of threads */
    Outbound(String name, Map<String, Object> properties, ProducerFactory factory, Executor executor, Ticker ticker) {
        this.name = name;
        this.slot = new ProducerSlot(name, properties, factory, executor);
        this.executor = executor;
        this.ticker = ticker;
    }

    /**
     * Sends one record; {@code done} is told once, by this or any other thread. Throws nothing.
     *
     * @param mayHold whether this thread may be held for buffer room, up to {@code max-block}
     */
    void send(ProducerRecord<byte[], byte[]> record, boolean mayHold, Consumer<Handover> done) {
        TopicLane lane = laneOf(record.topic());
        Outgoing outgoing = new Outgoing(record, this, lane, done);
        if (isClosed) {
            outgoing.turnDown(closed());
            return;
        }
        Producer<byte[], byte[]> producer = slot.peek();
        TopicLane.Way way =
                mayHold ? lane.enter(outgoing, record.partition(), producer, ticker.nanos()) : lane.await(outgoing);
        if (way == TopicLane.Way.STRAIGHT && producer != null) {
            outgoing.go(producer);
            return;
        }
        if (way == TopicLane.Way.FULL) {
            outgoing.turnDown(new KafkaException(
                    name + ": " + TopicLane.MOST_WAITING + " records wait already for topic " + record.topic()));
            return;
        }
        startLook(lane, way);
    }

    /** Has the topic looked at once more on behalf of an entry. */
    void ask(TopicLane lane, TopicLane.Entry entry) {
        TopicLane.Way way = isClosed ? TopicLane.Way.FULL : lane.await(entry);
        if (way == TopicLane.Way.FULL) {
            entry.fail(closed());
            return;
        }
        startLook(lane, way);
    }

    void onError(Producer<byte[], byte[]> producer, TopicLane lane, Exception error) {
        if (Faults.of(error) != Fault.RECORD) {
            lane.chill();
        }
        if (Faults.isFatal(error)) {
            slot.discard(producer, error);
        }
    }

    /** Gives what is under way that much time, then gives it up. Whoever waits for a look is told at once. */
    void close(Duration timeout) {
        isClosed = true;
        lanes.values().forEach(lane -> lane.giveUp().forEach(entry -> entry.fail(closed())));
        slot.close(timeout);
    }

    boolean isClosed() {
        return isClosed;
    }

    private void startLook(TopicLane lane, TopicLane.Way way) {
        if (way != TopicLane.Way.FIRST) {
            return;
        }
        try {
            executor.execute(() -> look(lane));
        } catch (RuntimeException e) {
            giveUp(lane, e);
        } catch (Error e) {
            giveUp(lane, new KafkaException(name + ": no thread to look at the topic on: " + e, e));
        }
    }

    private void look(TopicLane lane) {
        Producer<byte[], byte[]> producer = null;
        try {
            producer = slot.take();
            handOver(lane, producer, producer.partitionsFor(lane.topic()).size());
        } catch (RuntimeException e) {
            if (producer != null) {
                onError(producer, lane, e);
            }
            giveUp(lane, e);
        } catch (Error e) {
            giveUp(lane, new KafkaException(name + ": the Kafka client failed: " + e, e));
            throw e;
        }
    }

    private void handOver(TopicLane lane, Producer<byte[], byte[]> producer, int partitions) {
        TopicLane.@Nullable Entry next = lane.next(producer, partitions, ticker.nanos());
        while (next != null) {
            Exception stuck = next.go(producer);
            if (stuck != null) {
                giveUp(lane, stuck);
                return;
            }
            next = lane.next(producer, partitions, ticker.nanos());
        }
    }

    private static void giveUp(TopicLane lane, Exception error) {
        lane.giveUp().forEach(entry -> entry.fail(error));
    }

    private TopicLane laneOf(String topic) {
        TopicLane lane = lanes.get(topic);
        if (lane != null) {
            return lane;
        }
        if (lanes.size() >= MOST_TOPICS) {
            lanes.values().removeIf(TopicLane::isIdle);
        }
        return lanes.computeIfAbsent(topic, TopicLane::new);
    }

    private IllegalStateException closed() {
        return new IllegalStateException(name + " is closed");
    }
}

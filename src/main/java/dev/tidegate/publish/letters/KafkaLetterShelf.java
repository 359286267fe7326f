package dev.tidegate.publish.letters;

import dev.tidegate.core.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The dead-letter topics on a broker, read by a client that lives for one reading and belongs to no group. Of a reading at most
 * so many bytes are held, the newest of each partition. Thread-safe.
 */
public final class KafkaLetterShelf implements LetterShelf {
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Duration atMost;
    private final long mostBytes;
    private final Ticker ticker;

    /**
     * @param consumers makes a consumer of bytes without a group, without auto-commit, with {@code auto.offset.reset=none}
     * @param atMost how long one reading may take
     * @param mostBytes how much of keys and values one reading may hold
     */
    public KafkaLetterShelf(
            Supplier<Consumer<byte[], byte[]>> consumers, Duration atMost, long mostBytes, Ticker ticker) {
        this.consumers = consumers;
        this.atMost = atMost;
        this.mostBytes = mostBytes;
        this.ticker = ticker;
    }

    @Override
    public Window newest(String topic, Map<Integer, Long> below, int records) throws LettersAwayException {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            Map<TopicPartition, Long> ends = ends(consumer, topic, below);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(ends.keySet(), atMost);
            Map<TopicPartition, Long> from = new HashMap<>();
            ends.forEach((partition, end) -> from.put(partition, Math.max(of(begins, partition), end - records)));
            Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> read = read(consumer, from, ends);
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
            Map<Integer, Long> lowest = new HashMap<>();
            ends.keySet().forEach(partition -> {
                Deque<ConsumerRecord<byte[], byte[]>> held = read.getOrDefault(partition, new ArrayDeque<>());
                all.addAll(held);
                if (of(from, partition) > of(begins, partition)) {
                    lowest.put(partition.partition(), of(from, partition));
                }
            });
            return new Window(all, lowest);
        } catch (KafkaException e) {
            throw away(topic, e);
        }
    }

    private Map<TopicPartition, Long> ends(Consumer<byte[], byte[]> consumer, String topic, Map<Integer, Long> below) {
        List<PartitionInfo> known = consumer.partitionsFor(topic, atMost);
        if (known.isEmpty()) {
            throw new UnknownTopicOrPartitionException("the broker knows no topic of that name");
        }
        List<TopicPartition> partitions = known.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .filter(partition -> below.isEmpty() || below.containsKey(partition.partition()))
                .toList();
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions, atMost));
        ends.replaceAll((partition, end) -> Math.min(end, below.getOrDefault(partition.partition(), end)));
        return ends;
    }

    // Where the bytes do not suffice, the oldest of that partition go, and the next reading begins with them.
    private Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> read(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> held = new HashMap<>();
        consumer.assign(from.keySet());
        from.forEach(consumer::seek);
        long bytesOfEach = mostBytes / Math.max(1, from.size());
        Map<TopicPartition, Long> bytes = new HashMap<>();
        long deadline = ticker.nanos() + atMost.toNanos();
        while (!isRead(consumer, ends)) {
            if (ticker.nanos() - deadline > 0) {
                throw new TimeoutException("not read within " + atMost);
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() >= of(ends, partition)) {
                    continue;
                }
                Deque<ConsumerRecord<byte[], byte[]>> own = held.computeIfAbsent(partition, none -> new ArrayDeque<>());
                own.add(record);
                long sum = bytes.merge(partition, sizeOf(record), Long::sum);
                while (sum > bytesOfEach && own.size() > 1) {
                    ConsumerRecord<byte[], byte[]> oldest = own.remove();
                    sum = bytes.merge(partition, -sizeOf(oldest), Long::sum);
                    from.put(partition, oldest.offset() + 1);
                }
            }
        }
        return held;
    }

    private boolean isRead(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey(), atMost) >= end.getValue());
    }

    private static long of(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return Objects.requireNonNull(offsets.get(partition));
    }

    private static long sizeOf(ConsumerRecord<byte[], byte[]> record) {
        return 100L + Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }

    @Override
    public Optional<ConsumerRecord<byte[], byte[]>> at(LetterRef ref) throws LettersAwayException {
        TopicPartition partition = new TopicPartition(ref.topic(), ref.partition());
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            boolean isThere = consumer.partitionsFor(ref.topic(), atMost).stream()
                    .anyMatch(info -> info.partition() == ref.partition());
            if (!isThere) {
                return Optional.empty();
            }
            Map<TopicPartition, Long> one = new HashMap<>(Map.of(partition, ref.offset()));
            long end = of(consumer.endOffsets(one.keySet(), atMost), partition);
            long begin = of(consumer.beginningOffsets(one.keySet(), atMost), partition);
            if (ref.offset() < begin || ref.offset() >= end) {
                return Optional.empty();
            }
            var read = read(consumer, one, Map.of(partition, ref.offset() + 1));
            return Optional.ofNullable(read.get(partition)).map(Deque::peek);
        } catch (KafkaException e) {
            throw away(ref.topic(), e);
        }
    }

    private static LettersAwayException away(String topic, KafkaException e) {
        return new LettersAwayException("the dead letters of " + topic + " could not be read: " + e.getMessage(), e);
    }
}

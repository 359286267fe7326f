package dev.tidegate.it;

import dev.tidegate.fixture.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** One topic of a test and the group that drains it, seen from outside: by a producer and an admin client. */
public final class DrainedTopic implements AutoCloseable {
    private final String topic;
    private final String group;
    private final int partitions;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    public DrainedTopic(KafkaBroker broker, String topic, int partitions) {
        this.topic = topic;
        this.group = "tg-" + topic;
        this.partitions = partitions;
        broker.createTopic(topic, partitions);
        admin = broker.admin();
        producer = new KafkaProducer<>(
                // A topic made just now may answer NOT_LEADER once, and an idempotent producer then retries for ever.
                Map.of("bootstrap.servers", broker.bootstrapServers(), "enable.idempotence", false),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    public String group() {
        return group;
    }

    public void produce(String key, String value) {
        sent.add(producer.send(new ProducerRecord<>(topic, bytes(key), bytes(value))));
    }

    public void produceTo(int partition, String key, String value) {
        sent.add(producer.send(new ProducerRecord<>(topic, partition, bytes(key), bytes(value))));
    }

    /** Returns when the broker acknowledged everything that was produced. */
    public void flush() {
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** What the group committed, by partition. */
    public Map<Integer, Long> committed() {
        try {
            Map<TopicPartition, OffsetAndMetadata> all = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<Integer, Long> committed = new HashMap<>();
            all.forEach((partition, offset) -> committed.put(partition.partition(), offset.offset()));
            return committed;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where each partition that has records ends. */
    public Map<Integer, Long> ends() {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (int i = 0; i < partitions; i++) {
            asked.put(new TopicPartition(topic, i), OffsetSpec.latest());
        }
        try {
            Map<Integer, Long> ends = new HashMap<>();
            admin.listOffsets(asked).all().get().forEach((partition, end) -> {
                if (end.offset() > 0) {
                    ends.put(partition.partition(), end.offset());
                }
            });
            return ends;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public void awaitDrained(Duration atMost) {
        Awaitility.await()
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> committed().equals(ends()));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        admin.close(Duration.ofSeconds(1));
    }
}

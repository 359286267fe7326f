package dev.tidegate.benchmark.drain;

import dev.tidegate.fixture.KafkaBroker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Topics that hold so many records in all, keyed, before anybody reads them.
 *
 * @param topics one for each consumer
 * @param records in all topics together
 * @param bytes of each value
 */
record Load(KafkaBroker broker, List<String> topics, int records, int bytes) {
    private static final int KEYS = 10_000;

    /** Makes topics of so many partitions each, and fills them. */
    static Load fill(KafkaBroker broker, String name, int topics, int partitions, int records, int bytes) {
        List<String> names =
                IntStream.range(0, topics).mapToObj(at -> name + "-" + at).toList();
        names.forEach(topic -> broker.createTopic(topic, partitions));
        Map<String, Object> properties =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", "20", "batch.size", "131072");
        byte[] value = new byte[bytes];
        new Random(1).nextBytes(value);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int at = 0; at < records; at++) {
                byte[] key = Integer.toString(at % KEYS).getBytes(java.nio.charset.StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(names.get(at % topics), key, value));
            }
        }
        return new Load(broker, names, records, bytes);
    }

    /** What every contender's consumer gets. */
    Map<String, Object> consumer(String group) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        properties.put("group.id", group);
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", "false");
        properties.put("key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        properties.put("value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        return properties;
    }
}

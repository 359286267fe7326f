package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.fixture.KafkaBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("full-length")
class KafkaBrokerIT {
    @TempDir
    private Path directory;

    @Test
    void a_killed_broker_comes_back_on_the_same_port_with_its_records() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(directory)) {
            broker.createTopic("orders", 3);
            send(broker, "orders", "kept");

            broker.kill();
            broker.start();

            assertThat(readFirst(broker, "orders")).isEqualTo("kept");
        }
    }

    @Test
    void a_topic_that_nobody_created_does_not_appear() {
        try (KafkaBroker broker = KafkaBroker.start(directory)) {
            assertThatThrownBy(() -> send(broker, "unknown", "lost")).hasMessageContaining("unknown");
        }
    }

    private static void send(KafkaBroker broker, String topic, String value) throws Exception {
        Map<String, Object> configuration =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.block.ms", 2_000);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(configuration, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, "key", value)).get(10, TimeUnit.SECONDS);
        }
    }

    private static String readFirst(KafkaBroker broker, String topic) {
        Map<String, Object> configuration = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(configuration, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> first = List.of(new TopicPartition(topic, 0));
            consumer.assign(first);
            consumer.seekToBeginning(first);
            return consumer.poll(Duration.ofSeconds(20)).iterator().next().value();
        }
    }
}

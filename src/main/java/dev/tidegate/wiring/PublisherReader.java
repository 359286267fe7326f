package dev.tidegate.wiring;

import dev.tidegate.publish.PublisherSettings;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Reads {@code tidegate.publisher.<x>.…}. */
final class PublisherReader {
    private final ConfigView view;
    private final Findings findings;
    private final KafkaReader kafkaReader;

    PublisherReader(ConfigView view, Findings findings, KafkaReader kafkaReader) {
        this.view = view;
        this.findings = findings;
        this.kafkaReader = kafkaReader;
    }

    PublisherSettings read(String name) {
        Section section = Section.of(view, findings, "publisher", name);
        String topic = section.get("topic", Texts.TOPIC, "output-topic");
        String circuit = section.get("circuit", Texts.NAME, name);
        Duration maxBlock = section.get("max-block", Durations.between("PT0.01S", "PT1M"), Duration.ofSeconds(2));
        Duration deliveryTimeout =
                section.get("delivery-timeout", Durations.between("PT0.1S", "PT1H"), Duration.ofSeconds(30));
        KafkaProperties kafka = kafkaReader.of("publisher", name, Set.of(KafkaClient.PRODUCER, KafkaClient.ADMIN));
        check(section, kafka);
        return new PublisherSettings(name, topic, circuit, maxBlock, deliveryTimeout, kafka.properties());
    }

    private void check(Section section, KafkaProperties kafka) {
        kafka.refuse(
                findings,
                ProducerConfig.ACKS_CONFIG,
                acks -> !acks.equals("all") && !acks.equals("-1"),
                "allowed is all: a publish succeeds by every in-sync replica's acknowledgement; remove the key");
        kafka.refuse(
                findings,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                text -> !text.equalsIgnoreCase("true"),
                "allowed is true: without it a resend doubles records; remove the key");
        kafka.refuse(
                findings,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                text -> true,
                "publishers are not transactional; remove the key");
        kafka.refuse(
                findings,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                text -> true,
                "is set by Tidegate; use " + section.key("max-block") + " (an ISO-8601 duration)");
        kafka.refuse(
                findings,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                text -> true,
                "is set by Tidegate; use " + section.key("delivery-timeout") + " (an ISO-8601 duration)");
    }
}

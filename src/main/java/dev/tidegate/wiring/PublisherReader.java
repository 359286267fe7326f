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
        check(section, deliveryTimeout, kafka);
        return new PublisherSettings(name, topic, circuit, maxBlock, deliveryTimeout, kafka.properties());
    }

    private void check(Section section, Duration deliveryTimeout, KafkaProperties kafka) {
        kafka.refuse(
                findings,
                ProducerConfig.ACKS_CONFIG,
                acks -> !acks.equals("all") && !acks.equals("-1"),
                "allowed is all: a publish succeeds by every in-sync replica's acknowledgement; remove the key");
        kafka.refuse(
                findings,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                text -> !text.equals("true"),
                "allowed is true: without it a resend doubles records; remove the key");
        refuse(kafka, ProducerConfig.TRANSACTIONAL_ID_CONFIG, "publishers are not transactional; remove the key");
        refuse(kafka, ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, "publishers send bytes; remove the key");
        refuse(kafka, ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, "publishers send bytes; remove the key");
        refuse(kafka, ProducerConfig.MAX_BLOCK_MS_CONFIG, instead(section, "max-block"));
        refuse(kafka, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, instead(section, "delivery-timeout"));
        kafka.refuse(
                findings,
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                text -> kafka.number(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1) > 5,
                "allowed is 1 to 5: with more, resends change the order");
        kafka.refuse(
                findings,
                ProducerConfig.RETRIES_CONFIG,
                text -> kafka.number(ProducerConfig.RETRIES_CONFIG, 1) == 0,
                "allowed is 1 or more: without resends every hiccup of the broker is a failure");
        long linger = kafka.number(ProducerConfig.LINGER_MS_CONFIG, 5);
        kafka.refuse(
                findings,
                ProducerConfig.LINGER_MS_CONFIG,
                text -> linger >= deliveryTimeout.toMillis(),
                "is not below " + section.key("delivery-timeout") + " = " + deliveryTimeout);
        kafka.refuse(
                findings,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                text -> kafka.number(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 0) + linger > deliveryTimeout.toMillis(),
                "together with linger.ms (" + linger + ") it is longer than " + section.key("delivery-timeout") + " = "
                        + deliveryTimeout);
    }

    private void refuse(KafkaProperties kafka, String key, String problem) {
        kafka.refuse(findings, key, text -> true, problem);
    }

    private static String instead(Section section, String name) {
        return "is set by Tidegate; use " + section.key(name) + " (an ISO-8601 duration)";
    }
}

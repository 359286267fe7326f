package dev.tidegate.wiring;

import dev.tidegate.core.Ticker;
import dev.tidegate.drain.Drainer;
import dev.tidegate.drain.DrainerSettings;
import dev.tidegate.drain.Drainers;
import dev.tidegate.publish.ProducerFactory;
import dev.tidegate.publish.letters.KafkaLetterMail;
import dev.tidegate.publish.letters.KafkaLetterShelf;
import dev.tidegate.publish.letters.LetterMail;
import dev.tidegate.publish.letters.LetterRef;
import dev.tidegate.publish.letters.LetterShelf;
import dev.tidegate.publish.letters.LettersAwayException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The clients for what is done with dead letters: each topic's are those of the drainer that it belongs to, the first in the
 * configuration where there are several. Nothing connects before it is needed. Thread-safe.
 */
final class LetterClients implements LetterShelf, LetterMail, AutoCloseable {
    private static final Duration READING = Duration.ofSeconds(10);
    private static final long READING_BYTES = 16L << 20;
    private static final Duration BLOCK = Duration.ofSeconds(2);
    private static final Duration DELIVERY = Duration.ofSeconds(10);
    private static final Duration CLOSING = Duration.ofSeconds(1);
    // Of a group's member; and what others write into the drainer's clients is not for these.
    private static final Set<String> LEFT_OUT = Set.of(
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);

    private final Drainers drainers;
    private final Map<String, LetterShelf> shelves = new HashMap<>();
    private final Map<String, LateProducer> producers = new HashMap<>();

    LetterClients(
            List<DrainerSettings> settings,
            Drainers drainers,
            Function<Map<String, Object>, Consumer<byte[], byte[]>> consumers,
            ProducerFactory factory,
            Ticker ticker) {
        this.drainers = drainers;
        for (DrainerSettings drainer : settings) {
            Map<String, Object> reading = consumerProperties(drainer);
            shelves.put(
                    drainer.name(),
                    new KafkaLetterShelf(() -> consumers.apply(reading), READING, READING_BYTES, ticker));
            producers.put(drainer.name(), new LateProducer(() -> factory.create(producerProperties(drainer))));
        }
    }

    static Map<String, Object> consumerProperties(DrainerSettings drainer) {
        Map<String, Object> properties = new HashMap<>(drainer.kafka());
        properties.keySet().removeIf(key -> LEFT_OUT.contains(key) || !KafkaClient.CONSUMER.knows(key));
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "tidegate-" + drainer.name() + "-letters");
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(READING.toMillis()));
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(READING.toMillis() / 2));
        return Map.copyOf(properties);
    }

    static Map<String, Object> producerProperties(DrainerSettings drainer) {
        Map<String, Object> properties = new HashMap<>(
                DrainersProducer.deadLetters(drainer, BLOCK, DELIVERY).producerProperties());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "tidegate-" + drainer.name() + "-replay");
        return Map.copyOf(properties);
    }

    /** Every dead-letter topic; of a drainer by expression without one of its own, those of the partitions that it owns here. */
    Set<String> topics() {
        Set<String> topics = new LinkedHashSet<>();
        drainers.all().forEach(drainer -> topics.addAll(topicsOf(drainer)));
        return topics;
    }

    private static Set<String> topicsOf(Drainer drainer) {
        DrainerSettings settings = drainer.settings();
        String named = settings.deadLetterTopic();
        if (named != null) {
            return Set.of(named);
        }
        Set<String> topics = new LinkedHashSet<>();
        settings.namedTopics().forEach(topic -> topics.add(settings.deadLetterTopicOf(topic)));
        drainer.status().partitions().forEach(owned -> topics.add(settings.deadLetterTopicOf(owned.topic())));
        return topics;
    }

    @Override
    public Window newest(String topic, Map<Integer, Long> below, int atMost) throws LettersAwayException {
        return shelfOf(topic).newest(topic, below, atMost);
    }

    @Override
    public Optional<ConsumerRecord<byte[], byte[]>> at(LetterRef ref) throws LettersAwayException {
        return shelfOf(ref.topic()).at(ref);
    }

    private LetterShelf shelfOf(String topic) {
        return drainers.all().stream()
                .filter(drainer -> topicsOf(drainer).contains(topic))
                .map(drainer -> shelves.get(drainer.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(topic + " is no dead-letter topic of a drainer"));
    }

    @Override
    public void send(ProducerRecord<byte[], byte[]> letter) throws LettersAwayException {
        LateProducer producer = drainers.all().stream()
                .filter(drainer -> drainer.settings().drains(letter.topic()))
                .map(drainer -> producers.get(drainer.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no drainer of this instance drains " + letter.topic() + " (any more)"));
        new KafkaLetterMail(producer.get(), DELIVERY.plus(BLOCK)).send(letter);
    }

    @Override
    public void close() {
        producers.values().forEach(LateProducer::close);
    }

    /** Made when first needed. */
    private static final class LateProducer {
        private final Supplier<Producer<byte[], byte[]>> source;
        private @Nullable Producer<byte[], byte[]> made;
        private boolean isClosed;

        LateProducer(Supplier<Producer<byte[], byte[]>> source) {
            this.source = source;
        }

        synchronized Producer<byte[], byte[]> get() throws LettersAwayException {
            if (isClosed) {
                throw new LettersAwayException("this instance stops", new IllegalStateException());
            }
            Producer<byte[], byte[]> present = made;
            if (present == null) {
                present = source.get();
                made = present;
            }
            return present;
        }

        synchronized void close() {
            isClosed = true;
            if (made != null) {
                made.close(CLOSING);
            }
        }
    }
}

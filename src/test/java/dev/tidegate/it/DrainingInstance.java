package dev.tidegate.it;

import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.CircuitStore;
import dev.tidegate.drain.AsyncRecordProcessor;
import dev.tidegate.drain.DrainerParts;
import dev.tidegate.drain.DrainerSettings;
import dev.tidegate.drain.DrainerStatus;
import dev.tidegate.drain.KafkaDrainer;
import dev.tidegate.drain.KafkaDrainers;
import dev.tidegate.drain.KafkaTopicDirectory;
import dev.tidegate.drain.RecordProcessor;
import dev.tidegate.fixture.TestCircuits;
import dev.tidegate.publish.DeadLetterSender;
import dev.tidegate.publish.DeadLetterSettings;
import dev.tidegate.publish.KafkaDeadLetterSender;
import dev.tidegate.publish.KafkaDeadLetterTopics;
import dev.tidegate.publish.KafkaPublisher;
import dev.tidegate.publish.PublisherSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** One instance in this process with one drainer on a real broker, and everything beside it. */
public final class DrainingInstance implements AutoCloseable {
    public final TestCircuits circuits;
    /** What is done with a drainer that is made, before it starts. */
    public Consumer<KafkaDrainer> beforeStart = made -> {};

    public final List<DrainerStatus> told = new CopyOnWriteArrayList<>();
    private final String name;
    private final DrainerSettings settings;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    private final DeadLetterSender deadLetters;
    private final KafkaDeadLetterTopics deadLetterTopics;
    private final @Nullable KafkaPublisher publisher;
    private @Nullable KafkaDrainer drainer;

    public DrainingInstance(String name, CircuitStore store, DrainerSettings settings) {
        this(name, store, settings, TestCircuits.quick());
    }

    public DrainingInstance(String name, CircuitStore store, DrainerSettings settings, CircuitPolicy policy) {
        this.name = name;
        this.settings = settings;
        circuits = new TestCircuits(name, store, policy);
        DeadLetterSettings letters = new DeadLetterSettings(
                settings.name(),
                true,
                null,
                true,
                DeadLetterSettings.HeaderStyle.TIDEGATE,
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                settings.kafka());
        deadLetters = new KafkaDeadLetterSender(letters, DrainingInstance::producer, threads, System::nanoTime);
        deadLetterTopics = new KafkaDeadLetterTopics(letters, Admin::create, threads);
        publisher = settings.publisher() == null ? null : publisher(settings.publisher());
    }

    private KafkaPublisher publisher(String topic) {
        PublisherSettings to = new PublisherSettings(
                topic, topic, topic, Duration.ofMillis(500), Duration.ofSeconds(3), settings.kafka());
        return new KafkaPublisher(to, circuits.circuit(topic), DrainingInstance::producer, threads, System::nanoTime);
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> properties) {
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private DrainerParts parts(String instance) {
        return new DrainerParts(
                instance,
                circuits.circuit(settings.circuit()),
                publisher,
                deadLetters,
                deadLetterTopics,
                KafkaConsumer::new,
                () -> new KafkaTopicDirectory(settings.name(), settings.kafka(), Admin::create, threads),
                Thread::new,
                threads,
                scheduler,
                System::nanoTime,
                InstantSource.system(),
                new Random(1),
                (before, now) -> told.add(now));
    }

    public KafkaDrainer start(RecordProcessor processor) {
        return begun(KafkaDrainer.of(settings, parts(name), () -> processor));
    }

    public KafkaDrainer startAsync(AsyncRecordProcessor processor) {
        return begun(KafkaDrainer.ofAsync(settings, parts(name), () -> processor));
    }

    private KafkaDrainer begun(KafkaDrainer made) {
        drainer = made;
        beforeStart.accept(made);
        made.start();
        return made;
    }

    /** Ends the drainer in order. */
    public void stopDrainer() {
        KafkaDrainer started = drainer;
        if (started != null) {
            new KafkaDrainers(List.of(started), System::nanoTime).close();
        }
    }

    @Override
    public void close() {
        stopDrainer();
        if (publisher != null) {
            publisher.close();
        }
        deadLetters.close();
        circuits.close();
        threads.shutdownNow();
        scheduler.shutdownNow();
    }
}

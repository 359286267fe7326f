package dev.tidegate.drain;

import static org.awaitility.Awaitility.await;

import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.fixture.TestCircuits;
import dev.tidegate.guard.CircuitDefinition;
import dev.tidegate.guard.CircuitKind;
import dev.tidegate.guard.Classification;
import dev.tidegate.publish.DeadLetter;
import dev.tidegate.publish.DeadLetterResult;
import dev.tidegate.publish.DeadLetterSender;
import dev.tidegate.publish.Publisher;
import dev.tidegate.store.InMemoryCircuitStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** One drainer with real circuits and threads around a consumer without a broker. */
final class DrainerBench implements AutoCloseable {
    static final TopicPartition P0 = new TopicPartition("orders", 0);
    static final TopicPartition P1 = new TopicPartition("orders", 1);

    final SettingsOfDrainer settings = new SettingsOfDrainer();
    final TestCircuits circuits;
    final Letters letters = new Letters();
    final Topics topics = new Topics();
    final List<DrainerStatus> told = new CopyOnWriteArrayList<>();
    final ExecutorService workers = Executors.newCachedThreadPool();
    volatile @Nullable Error noThread;
    final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    QuickConsumer consumer = new QuickConsumer();
    Function<Map<String, Object>, Consumer<byte[], byte[]>> consumers = properties -> consumer;

    @Nullable
    Publisher publisher;

    @Nullable
    KafkaDrainer drainer;

    DrainerBench() {
        this(TestCircuits.quick());
    }

    DrainerBench(CircuitPolicy policy) {
        circuits = new TestCircuits("test", new InMemoryCircuitStore(InstantSource.system()), policy);
    }

    /** Whose circuit takes that for what an exception means. */
    DrainerBench(Classification classification) {
        circuits = new TestCircuits(
                "test",
                new InMemoryCircuitStore(InstantSource.system()),
                name -> new CircuitDefinition(CircuitKind.DRAINER, TestCircuits.quick(), classification));
    }

    /** Keeps what it is sent, or fails on request. */
    static final class Letters implements DeadLetterSender {
        final List<DeadLetter> sent = new CopyOnWriteArrayList<>();
        volatile boolean away;
        volatile @Nullable Error thrown;
        final AtomicInteger tries = new AtomicInteger();

        @Override
        public CompletionStage<DeadLetterResult> send(DeadLetter letter) {
            tries.incrementAndGet();
            Error error = thrown;
            if (error != null) {
                throw error;
            }
            if (away) {
                return CompletableFuture.completedStage(
                        new DeadLetterResult.Failed(new IllegalStateException("no such topic")));
            }
            sent.add(letter);
            return CompletableFuture.completedStage(
                    new DeadLetterResult.Sent(letter.deadLetterTopic(), 0, sent.size(), true));
        }

        @Override
        public void close() {}
    }

    /** Answers at once: every topic exists, under one id, and ends at 100. */
    static final class Topics implements TopicDirectory {
        volatile Uuid id = new Uuid(1, 2);
        volatile @Nullable Exception trouble;
        volatile long end = 100;

        @Override
        public CompletionStage<Map<String, TopicFinding>> describe(Set<String> names) {
            if (trouble != null) {
                return CompletableFuture.failedStage(trouble);
            }
            Map<String, TopicFinding> found = new HashMap<>();
            names.forEach(name -> found.put(name, new TopicFinding.Found(id, 2)));
            return CompletableFuture.completedStage(found);
        }

        @Override
        public CompletionStage<Map<TopicPartition, Ends>> ends(Set<TopicPartition> partitions) {
            if (trouble != null) {
                return CompletableFuture.failedStage(trouble);
            }
            Map<TopicPartition, Ends> found = new HashMap<>();
            partitions.forEach(partition -> found.put(partition, new Ends(0, end)));
            return CompletableFuture.completedStage(found);
        }

        @Override
        public void close() {}
    }

    private void work(Runnable task) {
        Error none = noThread;
        if (none != null) {
            throw none;
        }
        workers.execute(task);
    }

    DrainerParts parts() {
        return new DrainerParts(
                "test",
                circuits.circuit("orders"),
                publisher,
                letters,
                null,
                consumers,
                () -> topics,
                Thread::new,
                this::work,
                scheduler,
                System::nanoTime,
                InstantSource.system(),
                new Random(1),
                (before, now) -> told.add(now));
    }

    KafkaDrainer start(RecordProcessor processor) {
        KafkaDrainer made = KafkaDrainer.of(settings.build(), parts(), () -> processor);
        drainer = made;
        made.start();
        return made;
    }

    /** One whose processor is made by that. */
    KafkaDrainer startLate(Supplier<RecordProcessor> processor) {
        KafkaDrainer made = KafkaDrainer.of(settings.build(), parts(), processor);
        drainer = made;
        made.start();
        return made;
    }

    KafkaDrainer startAsync(AsyncRecordProcessor processor) {
        KafkaDrainer made = KafkaDrainer.ofAsync(settings.build(), parts(), () -> processor);
        drainer = made;
        made.start();
        return made;
    }

    void awaitCommitted(TopicPartition partition, long offset) {
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> consumer.committedOf(partition) == offset);
    }

    @Override
    public void close() {
        KafkaDrainer started = drainer;
        if (started != null) {
            new KafkaDrainers(List.of(started), System::nanoTime).close();
        }
        circuits.close();
        workers.shutdownNow();
        scheduler.shutdownNow();
    }
}

package dev.tidegate.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.fixture.TestCircuits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KafkaPublishersTest {
    private final TestCircuits circuits = TestCircuits.alone();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final List<ScriptedProducer> producers =
            Stream.generate(() -> new ScriptedProducer(true)).limit(8).toList();

    @AfterEach
    void end() {
        executor.shutdownNow();
        circuits.close();
    }

    @Test
    void all_are_closed_at_once_so_that_one_wait_is_the_longest() {
        CountDownLatch broker = new CountDownLatch(1);
        producers.forEach(producer -> producer.closeGate = broker);
        List<KafkaPublisher> all = producers.stream().map(this::publisher).toList();
        all.forEach(publisher -> assertThat(publisher
                        .publishAndWait(new ProducerRecord<>("out", new byte[1]))
                        .succeeded())
                .isTrue());

        CompletableFuture<Void> closed =
                CompletableFuture.runAsync(new KafkaPublishers(all, executor)::close, executor);

        await().untilAsserted(() -> assertThat(producers)
                .allSatisfy(producer -> assertThat(producer.closes).containsExactly(Duration.ofSeconds(5))));
        assertThat(closed).isNotDone();
        broker.countDown();
        assertThat(closed).succeedsWithin(Duration.ofSeconds(20));
    }

    private KafkaPublisher publisher(ScriptedProducer producer) {
        PublisherSettings settings = new PublisherSettings(
                "orders-done", "out", "orders-done", Duration.ofMillis(300), Duration.ofSeconds(5), Map.of());
        return new KafkaPublisher(
                settings, circuits.circuit("orders-done"), properties -> producer, executor, System::nanoTime);
    }
}

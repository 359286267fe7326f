package dev.tidegate.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.core.EffectiveState;
import dev.tidegate.fixture.Ports;
import dev.tidegate.fixture.TestCircuits;
import dev.tidegate.guard.Circuit;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real Kafka clients that find no broker: what callers are promised must hold with them, not with a fake. */
@Timeout(60)
class PublisherWithoutBrokerTest {
    private static final Duration MAX_BLOCK = Duration.ofMillis(500);
    private static final int CALLERS = 50;

    private final TestCircuits circuits = TestCircuits.alone();
    private final Circuit circuit = circuits.circuit("orders-done");
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
        circuits.close();
    }

    @Test
    void fifty_callers_end_together_when_nothing_listens() throws Exception {
        fiftyCallersEndTogether("localhost:" + Ports.free());
    }

    @Test
    void fifty_callers_end_together_when_the_broker_never_answers() throws Exception {
        try (ServerSocket silent = new ServerSocket(Ports.free(), CALLERS, InetAddress.getLoopbackAddress())) {
            fiftyCallersEndTogether("127.0.0.1:" + silent.getLocalPort());
        }
    }

    @Test
    void names_that_do_not_resolve_are_an_outage_and_no_error_of_the_start() {
        try (KafkaPublisher publisher = publisher("does-not-exist.invalid:9092")) {
            PublishResult result = publisher.publishAndWait(record());

            assertThat(result)
                    .isInstanceOfSatisfying(
                            PublishResult.Failed.class,
                            failed -> assertThat(failed.fault()).isEqualTo(PublishResult.Fault.BROKER));
            assertThat(circuit.consecutiveFailures()).isEqualTo(1);
        }
    }

    private void fiftyCallersEndTogether(String bootstrap) throws Exception {
        try (KafkaPublisher publisher = publisher(bootstrap)) {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Duration>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(threads.submit(() -> {
                    start.await();
                    long begin = System.nanoTime();
                    assertThat(publisher.publishAndWait(record()).succeeded()).isFalse();
                    return Duration.ofNanos(System.nanoTime() - begin);
                }));
            }
            start.countDown();

            for (Future<Duration> caller : callers) {
                // The first call makes the client as well, which takes a while on a busy machine.
                assertThat(caller.get()).isLessThan(MAX_BLOCK.multipliedBy(2).plusSeconds(3));
            }
            assertThat(circuit.state()).isEqualTo(EffectiveState.OPEN);
            publisher.close(Duration.ZERO);
        }
    }

    private KafkaPublisher publisher(String bootstrap) {
        PublisherSettings settings = new PublisherSettings(
                "orders-done",
                "out",
                "orders-done",
                MAX_BLOCK,
                Duration.ofSeconds(5),
                Map.of("bootstrap.servers", bootstrap));
        return new KafkaPublisher(
                settings,
                circuit,
                properties -> new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()),
                threads,
                System::nanoTime);
    }

    private static ProducerRecord<byte[], byte[]> record() {
        return new ProducerRecord<>("out", new byte[] {1});
    }
}

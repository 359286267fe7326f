package dev.tidegate.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.EffectiveState;
import dev.tidegate.fixture.TestCircuits;
import dev.tidegate.guard.Circuit;
import dev.tidegate.guard.CircuitOpenException;
import dev.tidegate.publish.PublishResult.Failed;
import dev.tidegate.publish.PublishResult.Fault;
import dev.tidegate.publish.PublishResult.Published;
import dev.tidegate.publish.PublishResult.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KafkaPublisherTest {
    private final TestCircuits circuits = TestCircuits.alone();
    private final Circuit circuit = circuits.circuit("orders-done");
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final List<ScriptedProducer> producers = new ArrayList<>();
    private volatile @Nullable Error noThread;
    private final KafkaPublisher publisher = publisher(true);

    @AfterEach
    void end() {
        publisher.close(Duration.ZERO);
        executor.shutdownNow();
        circuits.close();
    }

    @Test
    void an_acknowledged_record_is_published_and_counted_as_success() {
        PublishResult result = publisher.publishAndWait(record("a"));

        assertThat(result).isInstanceOf(Published.class);
        assertThat(result.succeeded()).isTrue();
        assertThat(circuit.window().calls()).isEqualTo(1);
        assertThat(publisher.status().acknowledged()).isEqualTo(1);
        assertThat(publisher.status().inFlight()).isZero();
    }

    @Test
    void records_of_one_caller_keep_their_order_while_the_topic_is_looked_at() {
        CountDownLatch gate = gate();
        List<CompletableFuture<PublishResult>> results = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            results.add(publisher.send(record("v" + i)).toCompletableFuture());
        }

        gate.countDown();

        results.forEach(CompletableFuture::join);
        assertThat(producer().history())
                .extracting(sent -> new String(sent.value(), UTF_8))
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> "v" + i).toList());
        assertThat(producer().looks).hasSize(1);
    }

    @Test
    void a_caller_is_not_held_while_the_topic_is_looked_at() {
        CountDownLatch gate = gate();

        CompletableFuture<PublishResult> result = publisher.send(record("a")).toCompletableFuture();

        assertThat(result).isNotDone();
        assertThat(publisher.status().inFlight()).isEqualTo(1);
        gate.countDown();
        assertThat(result.join().succeeded()).isTrue();
    }

    @Test
    void a_look_that_finds_no_broker_fails_all_who_wait_and_opens_the_circuit() {
        CountDownLatch gate = gate();
        producer().lookError = new TimeoutException("Topic out not present in metadata after 300 ms.");
        List<CompletableFuture<PublishResult>> results = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            results.add(publisher.send(record("v" + i)).toCompletableFuture());
        }

        gate.countDown();

        results.forEach(result -> assertThat(result.join())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.fault()).isEqualTo(Fault.BROKER)));
        assertThat(circuit.state()).isEqualTo(EffectiveState.OPEN);
        assertThat(publisher.publishAndWait(record("late"))).isInstanceOf(Refused.class);
        assertThat(publisher.status().refused()).isEqualTo(1);
    }

    @Test
    void a_topic_that_the_broker_does_not_know_leaves_the_circuit_closed() {
        producer().lookError = new TimeoutException(
                "Topic out not present in metadata after 300 ms.", new UnknownTopicOrPartitionException("gone"));

        for (int i = 0; i < 10; i++) {
            assertThat(publisher.publishAndWait(record("v" + i)))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.fault()).isEqualTo(Fault.TOPIC));
        }

        assertThat(circuit.state()).isEqualTo(EffectiveState.CLOSED);
        assertThat(publisher.status().lastError()).startsWith("TOPIC");
    }

    @Test
    void a_record_too_large_is_its_own_fault() {
        assertThat(publisher.publishAndWait(record("first")).succeeded()).isTrue();
        producer().onTheSpot = new RecordTooLargeException("2097152 bytes, max.request.size is 1048576");

        for (int i = 0; i < 10; i++) {
            assertThat(publisher.publishAndWait(record("big")))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.fault()).isEqualTo(Fault.RECORD));
        }

        assertThat(circuit.state()).isEqualTo(EffectiveState.CLOSED);
        assertThat(publisher.status().failed()).isEqualTo(10);
    }

    @Test
    void a_look_for_which_there_is_no_thread_fails_who_waits_and_the_next_one_looks_again() {
        noThread = new InternalError("no thread");
        assertThat(publisher.send(record("a")).toCompletableFuture())
                .isCompletedWithValueMatching(result -> !result.succeeded());

        noThread = null;

        assertThat(publisher.publishAndWait(record("b")).succeeded()).isTrue();
    }

    @Test
    void an_error_of_the_client_is_told_as_a_failure_and_the_client_goes_on() {
        producer().thrown = new LinkageError("scripted");
        List<CompletableFuture<PublishResult>> results = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            results.add(publisher.send(record("v" + i)).toCompletableFuture());
        }
        results.forEach(result -> assertThat(result)
                .succeedsWithin(Duration.ofSeconds(20))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.error()).hasRootCauseInstanceOf(LinkageError.class)));

        producer().thrown = null;

        assertThat(publisher.publishAndWait(record("b")).succeeded()).isTrue();
        assertThat(producers).hasSize(1);
    }

    @Test
    void an_answer_that_fails_later_counts_once() {
        KafkaPublisher slow = publisher(false);
        CompletableFuture<PublishResult> result = slow.send(record("a")).toCompletableFuture();
        await().until(() -> producer().errorNext(new NotEnoughReplicasException("1 of 2")));

        assertThat(result.join()).isInstanceOf(Failed.class);
        assertThat(circuit.consecutiveFailures()).isEqualTo(1);
    }

    @Test
    void a_record_that_ran_out_of_time_on_a_deleted_topic_is_the_topics_fault() {
        KafkaPublisher slow = publisher(false);
        CompletableFuture<PublishResult> result = slow.send(record("a")).toCompletableFuture();
        await().until(() -> producer().history().size() == 1);
        producer().lookError = new TimeoutException("not present", new UnknownTopicOrPartitionException("deleted"));

        producer().errorNext(new TimeoutException("Expiring 1 record(s) for out-0"));

        assertThat(result.join())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.fault()).isEqualTo(Fault.TOPIC));
        assertThat(circuit.consecutiveFailures()).isZero();
    }

    @Test
    void a_partition_that_the_topic_does_not_have_is_the_topics_fault() {
        producer().onTheSpot = new TimeoutException("Partition 7 of topic out with partition count 3 is not present");

        PublishResult result = publisher.publishAndWait(new ProducerRecord<>("out", 7, null, new byte[1]));

        assertThat(result)
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.fault()).isEqualTo(Fault.TOPIC));
    }

    @Test
    void a_producer_with_a_fatal_error_is_replaced() {
        producer().onTheSpot = new ClusterAuthorizationException("no IDEMPOTENT_WRITE");
        ScriptedProducer first = producer();
        assertThat(publisher.publishAndWait(record("a")).succeeded()).isFalse();

        await().until(() -> publisher.publishAndWait(record("b")).succeeded());

        assertThat(producers).hasSize(2);
        await().until(() -> first.closes.equals(List.of(Duration.ZERO)));
    }

    @Test
    void publish_completes_with_the_refusal_or_the_producers_exception() {
        assertThat(publisher.publishAndWait(record("first")).succeeded()).isTrue();
        producer().onTheSpot = new TimeoutException("no room in the buffer");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() ->
                            publisher.publish(record("a")).toCompletableFuture().join())
                    .hasRootCauseInstanceOf(TimeoutException.class);
        }

        assertThatThrownBy(() ->
                        publisher.publish(record("a")).toCompletableFuture().join())
                .hasRootCauseInstanceOf(CircuitOpenException.class);
    }

    @Test
    void the_first_record_after_the_break_probes_and_closes_the_circuit() {
        assertThat(publisher.publishAndWait(record("first")).succeeded()).isTrue();
        producer().onTheSpot = new TimeoutException("no room in the buffer");
        for (int i = 0; i < 3; i++) {
            publisher.publishAndWait(record("a"));
        }
        assertThat(circuit.state()).isEqualTo(EffectiveState.OPEN);

        producer().onTheSpot = null;

        await().until(() -> publisher.publishAndWait(record("again")).succeeded());
        await().untilAsserted(() -> assertThat(circuit.state()).isEqualTo(EffectiveState.CLOSED));
    }

    @Test
    void a_closed_publisher_turns_records_down_without_counting_them() {
        publisher.close(Duration.ZERO);

        assertThat(publisher.publishAndWait(record("late")))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.error()).hasMessageContaining("is closed"));
        assertThat(circuit.consecutiveFailures()).isZero();
    }

    @Test
    void closing_tells_those_who_wait_for_a_look() {
        CountDownLatch gate = gate();
        CompletableFuture<PublishResult> result = publisher.send(record("a")).toCompletableFuture();

        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> publisher.close(Duration.ZERO), executor);

        assertThat(result.join().succeeded()).isFalse();
        gate.countDown();
        closed.join();
    }

    private void execute(Runnable task) {
        Error none = noThread;
        if (none != null) {
            throw none;
        }
        executor.execute(task);
    }

    private CountDownLatch gate() {
        CountDownLatch gate = new CountDownLatch(1);
        producer().lookGate = gate;
        return gate;
    }

    private ScriptedProducer producer() {
        return producers.get(producers.size() - 1);
    }

    private KafkaPublisher publisher(boolean answersAtOnce) {
        PublisherSettings settings = new PublisherSettings(
                "orders-done", "out", "orders-done", Duration.ofMillis(300), Duration.ofSeconds(5), Map.of());
        producers.add(new ScriptedProducer(answersAtOnce));
        boolean[] isUsed = new boolean[1];
        return new KafkaPublisher(
                settings,
                circuit,
                properties -> {
                    if (isUsed[0]) {
                        producers.add(new ScriptedProducer(answersAtOnce));
                    }
                    isUsed[0] = true;
                    return producer();
                },
                this::execute,
                System::nanoTime);
    }

    private static ProducerRecord<byte[], byte[]> record(String value) {
        return new ProducerRecord<>("out", value.getBytes(UTF_8));
    }
}

package dev.tidegate.drain;

import static dev.tidegate.drain.DrainerBench.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.Failure;
import dev.tidegate.core.Permit;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DrainerOutageTest {
    private final DrainerBench bench = new DrainerBench();
    private final List<Long> handled = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        bench.close();
    }

    private Outcome handle(Delivery delivery) {
        handled.add(delivery.offset());
        return Outcome.Done.WITHOUT_RESULT;
    }

    private void give(int records) {
        bench.consumer.assign(P0);
        for (int i = 0; i < records; i++) {
            bench.consumer.append(P0, "k" + i % 7, "v" + i);
        }
    }

    @Test
    void an_outage_pauses_and_its_end_resumes_with_nothing_lost_and_nothing_dead_lettered() {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch mended = new CountDownLatch(1);
        give(50);
        KafkaDrainer drainer = bench.start(delivery -> {
            calls.incrementAndGet();
            if (mended.getCount() > 0) {
                throw new ConnectException("refused");
            }
            return handle(delivery);
        });

        await().until(() -> drainer.status().pauseCauses().contains(PauseCause.CIRCUIT));
        await().until(() -> calls.get() > 8);
        assertThat(handled).isEmpty();
        assertThat(bench.consumer.committedOf(P0)).isEqualTo(-1);

        mended.countDown();
        bench.awaitCommitted(P0, 50);
        assertThat(handled).hasSize(50).doesNotHaveDuplicates();
        assertThat(bench.letters.sent).isEmpty();
        await().until(() -> drainer.status().state() == DrainerState.RUNNING);
        assertThat(bench.consumer.paused()).isEmpty();
        assertThat(bench.told).extracting(DrainerStatus::state).contains(DrainerState.PAUSED, DrainerState.RUNNING);
    }

    @Test
    void a_probe_that_the_downstream_still_works_on_keeps_its_backoff_and_closes_nothing() {
        bench.settings.retryDelay = Duration.ofSeconds(5);
        bench.settings.retryMaxDelay = Duration.ofSeconds(10);
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger busy = new AtomicInteger();
        give(1);
        KafkaDrainer drainer = bench.start(delivery -> {
            if (calls.incrementAndGet() > 3) {
                busy.incrementAndGet();
                return new Outcome.Busy(null);
            }
            throw new ConnectException("refused");
        });
        for (int i = 0; i < 3; i++) {
            // The drainer's own first call fails too, and may be what trips.
            if (bench.circuits.circuit("orders").tryAcquire() instanceof Permit.Granted granted) {
                granted.failure(new Failure("tripped by the test"));
            }
        }

        await().until(() -> busy.get() > 0 || calls.get() > 3);
        // Ten answers in a row would close the circuit; with its backoff the record is asked once in that time.
        await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(3)).until(() -> busy.get() <= 2);
        assertThat(drainer.status().pauseCauses()).contains(PauseCause.CIRCUIT);
    }

    @Test
    void a_poison_record_alone_waits_for_ever_instead_of_being_taken_for_bad() {
        bench.settings.maxAttempts = 1;
        give(1);
        AtomicInteger calls = new AtomicInteger();
        KafkaDrainer drainer = bench.start(delivery -> {
            calls.incrementAndGet();
            return new Outcome.Failed("500", null);
        });

        await().atMost(Duration.ofSeconds(10)).until(() -> calls.get() > 6);
        assertThat(bench.letters.sent).isEmpty();
        assertThat(drainer.status().blocking()).isNotNull();
        assertThat(drainer.status().failed()).isGreaterThan(5);
    }

    @Test
    void an_open_circuit_without_a_record_in_hand_fetches_one_and_probes_with_it() {
        trip();
        KafkaDrainer drainer = bench.start(this::handle);
        await().until(() -> drainer.status().pauseCauses().contains(PauseCause.CIRCUIT));

        give(3);

        bench.awaitCommitted(P0, 3);
        assertThat(drainer.status().pauseCauses()).isEmpty();
        assertThat(bench.circuits.circuit("orders").counters().probes()).isEqualTo(1);
    }

    @Test
    void an_operators_pause_gives_no_probe() {
        trip();
        KafkaDrainer drainer = bench.start(this::handle);
        drainer.pause(PauseCause.OPERATOR);
        give(3);

        // Longer than the break: somebody who waits for the circuit would have probed it by now.
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        assertThat(handled).isEmpty();
        assertThat(bench.circuits.circuit("orders").counters().probes()).isZero();

        drainer.resume(PauseCause.OPERATOR);
        bench.awaitCommitted(P0, 3);
    }

    @Test
    void a_broker_whose_name_does_not_resolve_is_waited_for() {
        AtomicInteger tries = new AtomicInteger();
        bench.consumers = properties -> {
            if (tries.incrementAndGet() < 3) {
                throw new KafkaException(
                        "Failed to construct kafka consumer",
                        new ConfigException("No resolvable bootstrap urls given in bootstrap.servers"));
            }
            return bench.consumer;
        };
        give(1);
        KafkaDrainer drainer = bench.start(this::handle);
        assertThat(drainer.status().state()).isEqualTo(DrainerState.WAITING);

        bench.awaitCommitted(P0, 1);
    }

    @Test
    void a_broker_that_does_not_answer_is_shown_and_so_is_its_return() {
        give(1);
        KafkaDrainer drainer = bench.start(this::handle);
        bench.awaitCommitted(P0, 1);
        await().until(() -> drainer.status().partitions().get(0).lag() != null);
        assertThat(drainer.status().partitions().get(0).lag()).isBetween(99L, 100L);

        bench.topics.trouble = new TimeoutException("no answer");
        await().until(() -> drainer.status().state() == DrainerState.WAITING);
        assertThat(drainer.status().cause()).contains("no answer");

        bench.topics.trouble = null;
        await().until(() -> drainer.status().state() == DrainerState.RUNNING);
    }

    private void trip() {
        for (int i = 0; i < 3; i++) {
            var permit = bench.circuits.circuit("orders").tryAcquire();
            if (permit instanceof Permit.Granted granted) {
                granted.failure(new Failure("tripped by the test"));
            }
        }
    }

    @Test
    void a_drainer_that_waits_for_its_brokers_name_to_resolve_shows_life_however_long_the_restart_delay() {
        bench.settings.restartDelay = Duration.ofMinutes(10);
        bench.consumers = properties -> {
            throw new KafkaException(
                    "Failed to construct kafka consumer",
                    new ConfigException("No resolvable bootstrap urls given in bootstrap.servers"));
        };
        KafkaDrainer drainer = bench.start(this::handle);

        await().during(Duration.ofMillis(1_600))
                .atMost(Duration.ofSeconds(3))
                .pollInterval(Duration.ofMillis(20))
                .failFast("it looks stuck", () -> !drainer.isAlive(Duration.ofMillis(900)))
                .until(() -> drainer.status().state() == DrainerState.WAITING);
        assertThat(drainer.hasJoined()).isFalse();
    }
}

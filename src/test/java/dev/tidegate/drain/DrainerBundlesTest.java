package dev.tidegate.drain;

import static dev.tidegate.drain.DrainerBench.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.Failure;
import dev.tidegate.core.Permit;
import dev.tidegate.guard.Circuit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records so quick that one thread is handed several at once. */
@Timeout(60)
class DrainerBundlesTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int WARM = 50_000;
    private static final CircuitPolicy TRIPS_FOR_LONG = new CircuitPolicy(
            3,
            null,
            Duration.ofMinutes(1),
            1,
            Duration.ofMinutes(1),
            1,
            Duration.ofMinutes(1),
            1,
            1,
            10,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));

    private final DrainerBench bench = new DrainerBench(TRIPS_FOR_LONG);
    private final AtomicInteger handled = new AtomicInteger();

    @BeforeEach
    void assign() {
        bench.settings.concurrency = 16;
        bench.settings.timeout = Duration.ofSeconds(40);
        bench.consumer.assign(P0);
    }

    @AfterEach
    void end() {
        bench.close();
    }

    private void give(int records) {
        for (int i = 0; i < records; i++) {
            bench.consumer.append(P0, "k" + i % 100, "v" + i);
        }
    }

    /** So many in one poll. */
    private void giveAtOnce(KafkaDrainer drainer, int records) {
        drainer.pause(PauseCause.OPERATOR);
        await().atMost(SOON).until(() -> bench.consumer.paused().contains(P0));
        give(records);
        drainer.resume(PauseCause.OPERATOR);
    }

    private Outcome handle() {
        handled.incrementAndGet();
        return Outcome.Done.WITHOUT_RESULT;
    }

    @Test
    void all_are_handled_once_and_committed() {
        List<Long> offsets = new CopyOnWriteArrayList<>();
        give(WARM);
        bench.start(delivery -> {
            offsets.add(delivery.offset());
            return handle();
        });

        await().atMost(SOON).until(() -> bench.consumer.committedOf(P0) == WARM);
        assertThat(offsets)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, WARM).boxed().toList());
    }

    @Test
    void nobody_waits_for_long_behind_one_that_hangs() {
        CountDownLatch mended = new CountDownLatch(1);
        give(WARM);
        KafkaDrainer drainer = bench.start(delivery -> {
            if (delivery.offset() == WARM) {
                mended.await();
            }
            return handle();
        });
        await().atMost(SOON).until(() -> handled.get() == WARM);

        giveAtOnce(drainer, 99);

        await().atMost(SOON).until(() -> handled.get() == WARM + 98);
        mended.countDown();
        await().atMost(SOON).until(() -> bench.consumer.committedOf(P0) == WARM + 99);
    }

    @Test
    void what_was_done_before_one_hangs_is_settled_while_it_hangs() {
        CountDownLatch mended = new CountDownLatch(1);
        give(WARM);
        KafkaDrainer drainer = bench.start(delivery -> {
            if (delivery.offset() == WARM + 5) {
                mended.await();
            }
            return handle();
        });
        await().atMost(SOON).until(() -> handled.get() == WARM);

        giveAtOnce(drainer, 10);

        await().atMost(SOON).until(() -> bench.consumer.committedOf(P0) == WARM + 5);
        mended.countDown();
    }

    @Test
    void none_is_begun_after_the_one_that_trips() {
        AtomicInteger begunWhileOpen = new AtomicInteger();
        AtomicInteger begun = new AtomicInteger();
        give(WARM);
        KafkaDrainer drainer = bench.start(delivery -> {
            if (delivery.offset() < WARM) {
                return handle();
            }
            if (begun.getAndIncrement() == 0) {
                trip("orders");
            } else if (!bench.circuits.circuit("orders").isPassing()) {
                begunWhileOpen.incrementAndGet();
            }
            return new Outcome.Failed("down", null);
        });
        await().atMost(SOON).until(() -> bench.consumer.committedOf(P0) == WARM);
        // So that it does not take longer than anybody waits behind another.
        IntStream.range(0, 200).forEach(at -> trip("other-" + at));

        giveAtOnce(drainer, 99);

        await().atMost(SOON).until(() -> !bench.circuits.circuit("orders").isPassing());
        await().atMost(SOON).until(() -> drainer.status().inFlight() == 0);
        assertThat(begunWhileOpen).hasValue(0);
    }

    private void trip(String name) {
        Circuit circuit = bench.circuits.circuit(name);
        for (int i = 0; i < 3; i++) {
            if (circuit.tryAcquire() instanceof Permit.Granted granted) {
                granted.failure(new Failure("down"));
            }
        }
        while (circuit.isPassing()) {
            Thread.onSpinWait();
        }
    }
}

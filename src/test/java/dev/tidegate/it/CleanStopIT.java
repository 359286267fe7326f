package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.drain.Delivery;
import dev.tidegate.drain.KafkaDrainer;
import dev.tidegate.drain.Outcome;
import dev.tidegate.drain.SettingsOfDrainer;
import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.fixture.RunLength;
import dev.tidegate.store.InMemoryCircuitStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One member of a group stays, another comes and is stopped again and again under load. Records take 0 to 20 ms, so at each stop
 * some are settled above others that are not; at every fourth one record hangs for ever.
 */
@Timeout(240)
class CleanStopIT {
    private static final System.Logger LOG = System.getLogger(CleanStopIT.class.getName());
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration QUIESCE = Duration.ofSeconds(1);
    /** On top of the quiesce timeout: the last commit and the good-bye to the group, on a busy machine. */
    private static final Duration MARGIN = Duration.ofSeconds(3);
    /** Far below the session timeout of 45 s, which a member that says nothing costs. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private static final int STOPS = RunLength.of(8, 20);
    private static final int PARTITIONS = 6;

    private static KafkaBroker broker;

    private final InMemoryCircuitStore store = new InMemoryCircuitStore(InstantSource.system());
    private final SettingsOfDrainer settings = new SettingsOfDrainer();
    private final HandOvers handled = new HandOvers();
    private final AtomicBoolean mayHang = new AtomicBoolean();
    private final CountDownLatch never = new CountDownLatch(1);
    private final List<Duration> stops = new ArrayList<>();
    private final List<Duration> takeOvers = new ArrayList<>();

    @BeforeAll
    static void startBroker(@TempDir Path directory) {
        broker = KafkaBroker.start(directory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void each_stop_is_in_time_loses_nothing_repeats_only_what_it_must_and_leaves_the_group_at_once()
            throws InterruptedException {
        settings.topics = List.of("stops");
        settings.group = "tg-stops";
        settings.concurrency = 16;
        settings.quiesceTimeout = QUIESCE;
        settings.timeout = Duration.ofSeconds(30);
        settings.kafka.put("bootstrap.servers", broker.bootstrapServers());
        settings.kafka.put("heartbeat.interval.ms", "300");
        AtomicInteger sent = new AtomicInteger();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (DrainedTopic topic = new DrainedTopic(broker, "stops", PARTITIONS);
                DrainingInstance staying = new DrainingInstance("stays", store, settings.build())) {
            KafkaDrainer stays = staying.start(delivery -> handle("stays", delivery));
            await().atMost(LONG).until(() -> stays.status().partitions().size() == PARTITIONS);
            Future<?> unused = clock.scheduleAtFixedRate(() -> send(topic, sent), 0, 10, TimeUnit.MILLISECONDS);

            for (int stop = 0; stop < STOPS; stop++) {
                comeAndStop("comes-" + stop, stop % 4 == 3, stays);
            }

            clock.shutdown();
            assertThat(clock.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            topic.flush();
            topic.awaitDrained(LONG);
        } finally {
            clock.shutdownNow();
        }
        LOG.log(
                System.Logger.Level.INFO,
                "{0} stops: the longest took {1}, the slowest take-over {2}; {3} of {4} records were handled again",
                STOPS,
                Collections.max(stops),
                Collections.max(takeOvers),
                handled.repeated(),
                sent);
        assertThat(handled.wrong()).isEmpty();
        assertThat(handled.distinct()).isEqualTo(sent.get());
    }

    private static void send(DrainedTopic topic, AtomicInteger sent) {
        for (int i = 0; i < 5; i++) {
            int number = sent.getAndIncrement();
            topic.produce("k" + number % 50, "v" + number);
        }
    }

    private void comeAndStop(String name, boolean hangs, KafkaDrainer stays) {
        try (DrainingInstance coming = new DrainingInstance(name, store, settings.build())) {
            KafkaDrainer comes = coming.start(delivery -> handle(name, delivery));
            await().atMost(LONG).until(() -> handled.countOf(name) >= 50);
            if (hangs) {
                mayHang.set(true);
                await().atMost(LONG).until(() -> !mayHang.get());
            }
            assertThat(comes.status().partitions()).isNotEmpty();

            long begin = System.nanoTime();
            coming.stopDrainer();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);

            stops.add(took);
            assertThat(took).as("stop of %s", name).isLessThan(QUIESCE.plus(MARGIN));
            await("the other owns all, though " + name + " hung: " + hangs)
                    .atMost(AT_ONCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> stays.status().partitions().size() == PARTITIONS);
            takeOvers.add(Duration.ofNanos(System.nanoTime() - begin).minus(took));
        }
    }

    private Outcome handle(String member, Delivery delivery) throws InterruptedException {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(20_000_000));
        if (!member.equals("stays") && mayHang.compareAndSet(true, false)) {
            never.await();
        }
        handled.add(member, delivery);
        return Outcome.Done.WITHOUT_RESULT;
    }
}

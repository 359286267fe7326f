package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.drain.Delivery;
import dev.tidegate.drain.Outcome;
import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.fixture.RunLength;
import dev.tidegate.fixture.VerifiableClient;
import dev.tidegate.it.DrainerFleet.Member;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Members come and go in every state of the circuit, under steady traffic of Kafka's own producer, with a break that is
 * longer than {@code max.poll.interval.ms}. At full length each protocol meets twenty joins and leaves.
 */
@Timeout(300)
@Tag("full-length")
class RebalanceStormIT {
    private static final int PARTITIONS = 6;
    private static final Duration POLL_INTERVAL = RunLength.of(Duration.ofSeconds(3), Duration.ofSeconds(10));
    private static final Duration BREAK = POLL_INTERVAL.plusSeconds(1);

    private static KafkaBroker broker;
    private static Path directory;

    private final AtomicInteger hanging = new AtomicInteger();
    private volatile Downstream downstream = Downstream.WORKS;
    private volatile CountDownLatch release = new CountDownLatch(1);

    private enum Downstream {
        WORKS,
        FAILS,
        HANGS
    }

    @BeforeAll
    static void startBroker(@TempDir Path own) {
        directory = own;
        broker = KafkaBroker.start(own);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    static Stream<GroupProtocol> protocols() {
        return GroupProtocol.inThisRun();
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void joins_and_leaves_in_every_state_lose_nothing_and_take_nothing_back(GroupProtocol protocol) throws Exception {
        try (DrainerFleet fleet = new DrainerFleet(broker, "storm-" + protocol.lowerCase(), PARTITIONS, protocol)) {
            fleet.policy = new CircuitPolicy(
                    3,
                    null,
                    Duration.ofMinutes(1),
                    3,
                    BREAK,
                    1,
                    BREAK,
                    1,
                    1,
                    10,
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(25));
            fleet.settings.timeout = Duration.ofSeconds(20);
            fleet.settings.quiesceTimeout = Duration.ofSeconds(1);
            fleet.settings.kafka.put("max.poll.interval.ms", Long.toString(POLL_INTERVAL.toMillis()));
            Member first = fleet.join("a", delivery -> process(fleet, delivery));
            try (VerifiableClient source = VerifiableClient.producer(broker, directory, fleet.name(), 100, 30)) {
                fleet.awaitOwned(PARTITIONS);
                await().atMost(DrainerFleet.SOON).until(() -> fleet.handled.count() > 50);
                Set<String> members = members(fleet);
                for (int i = 0; i < RunLength.of(1, 5); i++) {
                    comeAndGo(fleet, first);
                    stormOneOutage(fleet, first);
                }
                fleet.awaitVerdict(source.end());
                fleet.assertAllResumed();
                assertThat(members(fleet)).as("members of the group").isEqualTo(members);
            }
        }
    }

    private void stormOneOutage(DrainerFleet fleet, Member first) {
        downstream = Downstream.FAILS;
        fleet.awaitState(EffectiveState.OPEN);
        int before = fleet.handled.count();
        comeAndGo(fleet, first);
        assertThat(fleet.handled.count()).as("handled while open").isEqualTo(before);

        release = new CountDownLatch(1);
        downstream = Downstream.HANGS;
        await("probe").atMost(DrainerFleet.SOON).until(() -> hanging.get() > 0);
        fleet.awaitState(EffectiveState.HALF_OPEN);
        comeAndGo(fleet, first);

        Member guest = fleet.join("b", delivery -> process(fleet, delivery));
        downstream = Downstream.WORKS;
        release.countDown();
        fleet.awaitState(EffectiveState.CLOSED);
        goAgain(fleet, first, guest);
        await("traffic").atMost(DrainerFleet.SOON).until(() -> fleet.handled.count() > before + 20);
    }

    private void comeAndGo(DrainerFleet fleet, Member first) {
        goAgain(fleet, first, fleet.join("b", delivery -> process(fleet, delivery)));
    }

    private static void goAgain(DrainerFleet fleet, Member first, Member guest) {
        await("join")
                .atMost(DrainerFleet.SOON)
                .until(() -> guest.owned() == PARTITIONS / 2 && first.owned() == PARTITIONS / 2);
        fleet.leave(guest);
        await("leave").atMost(DrainerFleet.SOON).until(() -> first.owned() == PARTITIONS);
    }

    private Outcome process(DrainerFleet fleet, Delivery delivery) throws InterruptedException {
        Downstream now = downstream;
        if (now == Downstream.FAILS) {
            return new Outcome.Failed("503", null);
        }
        if (now == Downstream.HANGS) {
            hanging.incrementAndGet();
            try {
                boolean unused = release.await(1, TimeUnit.MINUTES);
            } finally {
                hanging.decrementAndGet();
            }
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        return fleet.handle(delivery);
    }

    // An evicted member comes back under another id.
    private static Set<String> members(DrainerFleet fleet) throws Exception {
        try (Admin admin = broker.admin()) {
            String group = fleet.topic.group();
            return admin.describeConsumerGroups(Set.of(group)).all().get().get(group).members().stream()
                    .map(MemberDescription::consumerId)
                    .collect(java.util.stream.Collectors.toSet());
        }
    }
}

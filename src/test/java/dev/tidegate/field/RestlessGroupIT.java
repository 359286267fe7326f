package dev.tidegate.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.drain.Delivery;
import dev.tidegate.drain.DrainerState;
import dev.tidegate.drain.Outcome;
import dev.tidegate.drain.PauseCause;
import dev.tidegate.fixture.RunLength;
import dev.tidegate.fixture.SharedBroker;
import dev.tidegate.fixture.VerifiableClient;
import dev.tidegate.it.DrainerFleet;
import dev.tidegate.it.DrainerFleet.Member;
import dev.tidegate.it.GroupGuest;
import dev.tidegate.it.GroupProtocol;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The troubles of atleon/atleon#445 (a wake-up from another thread hit the consumer in the middle of its assignment, and
 * records were skipped) and of spring-projects/spring-kafka#3186 (a commit that failed during a rebalance was sent again
 * later and took the committed offset back): two drainers are paused and resumed many times a second while the circuit
 * trips and a guest joins and leaves.
 */
@Timeout(600)
@Tag("full-length")
class RestlessGroupIT {
    private static final int PARTITIONS = 12;
    private static final Duration LENGTH = RunLength.of(Duration.ofSeconds(4), Duration.ofMinutes(5));
    private static final Duration VISIT = RunLength.of(Duration.ofMillis(500), Duration.ofSeconds(2));

    static Stream<GroupProtocol> protocols() {
        return GroupProtocol.inThisRun();
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void wishes_from_outside_never_break_into_a_rebalance(GroupProtocol protocol) throws Exception {
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
        try (DrainerFleet fleet =
                new DrainerFleet(SharedBroker.get(), "restless-" + protocol.lowerCase(), PARTITIONS, protocol)) {
            fleet.settings.commitRecords = 10;
            fleet.settings.commitInterval = Duration.ofMillis(200);
            Member one = fleet.join("a", delivery -> handle(fleet, delivery));
            Member other = fleet.join("b", delivery -> handle(fleet, delivery));
            fleet.awaitOwned(PARTITIONS);
            try (VerifiableClient source = VerifiableClient.producer(
                            SharedBroker.get(), SharedBroker.directory(), fleet.name(), 100, 50);
                    GroupGuest guest = GroupGuest.of(fleet, VISIT)) {
                AtomicInteger wishes = new AtomicInteger();
                Future<?> pausing = clock.scheduleAtFixedRate(
                        () -> wish(List.of(one, other), wishes.getAndIncrement()), 0, 50, TimeUnit.MILLISECONDS);
                Future<?> tripping = clock.scheduleWithFixedDelay(
                        () -> fleet.trip(one), 1_000, VISIT.toMillis() * 3, TimeUnit.MILLISECONDS);
                await().atMost(LENGTH.multipliedBy(4)).during(LENGTH).until(() -> true);
                pausing.cancel(false);
                tripping.cancel(false);
                clock.shutdown();
                // A trip waits until the circuit is closed again, and a paused drainer probes nothing.
                await().atMost(Duration.ofSeconds(60)).until(() -> {
                    List.of(one, other).forEach(member -> member.drainer().resume(PauseCause.OPERATOR));
                    return clock.isTerminated();
                });
                List.of(one, other).forEach(member -> member.drainer().resume(PauseCause.OPERATOR));
                guest.leave();
                assertThat(guest.visits()).isGreaterThan(2);
                fleet.awaitOwned(PARTITIONS);
                fleet.awaitVerdict(source.end());
            }
            fleet.assertAllResumed();
            for (Member member : List.of(one, other)) {
                assertThat(member.drainer().status().state()).isEqualTo(DrainerState.RUNNING);
                assertThat(member.instance().told).noneMatch(status -> status.state() == DrainerState.FAILED);
            }
        } finally {
            clock.shutdownNow();
        }
    }

    private static void wish(List<Member> members, int number) {
        Member member = members.get(number % 2);
        if (number / 2 % 2 == 0) {
            member.drainer().pause(PauseCause.OPERATOR);
        } else {
            member.drainer().resume(PauseCause.OPERATOR);
        }
    }

    private static Outcome handle(DrainerFleet fleet, Delivery delivery) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        return fleet.handle(delivery);
    }
}

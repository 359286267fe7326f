package dev.tidegate.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.EffectiveState;
import dev.tidegate.drain.DrainerStatus.PartitionStatus;
import dev.tidegate.drain.Outcome;
import dev.tidegate.drain.PauseCause;
import dev.tidegate.fixture.RunLength;
import dev.tidegate.fixture.SharedBroker;
import dev.tidegate.it.DrainerFleet;
import dev.tidegate.it.DrainerFleet.Member;
import dev.tidegate.it.GroupProtocol;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The troubles of smallrye/smallrye-reactive-messaging#3295 (an operator's pause and back-pressure shared one flag, and the
 * end of one undid the other) and of opensearch-project/data-prepper#4023 (a consumer that waited for room did not poll and
 * lost its place; its repair resumed whatever had been paused for other reasons).
 */
@Timeout(180)
@Tag("full-length")
class PauseCausesIT {
    private static final Duration POLL_INTERVAL = RunLength.of(Duration.ofSeconds(2), Duration.ofSeconds(10));

    private final AtomicBoolean down = new AtomicBoolean();
    private final AtomicInteger calls = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(
            value = GroupProtocol.class,
            names = {"COOPERATIVE", "CONSUMER"})
    void an_operators_pause_outlasts_backpressure_outages_rebalances_and_the_poll_interval(GroupProtocol protocol)
            throws Exception {
        try (DrainerFleet fleet = new DrainerFleet(SharedBroker.get(), "causes-" + protocol.lowerCase(), 2, protocol)) {
            fleet.settings.bufferRecords = 20;
            fleet.settings.concurrency = 2;
            fleet.settings.timeout = Duration.ofSeconds(30);
            fleet.settings.quiesceTimeout = POLL_INTERVAL.dividedBy(2);
            fleet.settings.kafka.put("max.poll.records", "10");
            fleet.settings.kafka.put("max.poll.interval.ms", Long.toString(POLL_INTERVAL.toMillis()));
            AtomicBoolean slow = new AtomicBoolean(true);
            fleet.produce(300, 2);
            Member member = fleet.join("a", delivery -> {
                calls.incrementAndGet();
                if (slow.get()) {
                    // Longer than the poll interval: the place in the group must not depend on it.
                    LockSupport.parkNanos(POLL_INTERVAL.plusMillis(500).toNanos());
                } else {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
                return down.get() ? new Outcome.Failed("503", null) : fleet.handle(delivery);
            });
            await("full")
                    .atMost(DrainerFleet.SOON)
                    .until(() -> member.drainer().status().partitions().size() == 2
                            && member.drainer().status().partitions().stream()
                                    .map(PartitionStatus::pauseCauses)
                                    .allMatch(causes -> causes.contains(PauseCause.BACKPRESSURE)));
            assertThat(member.drainer().status().buffered()).isLessThanOrEqualTo(2 * (20 + 10));
            Set<String> members = members(fleet);

            await("slow records").atMost(DrainerFleet.SOON).until(() -> fleet.handled.count() >= 2);
            member.drainer().pause(PauseCause.OPERATOR);
            slow.set(false);
            await("quiet")
                    .atMost(DrainerFleet.SOON)
                    .until(() -> member.drainer().status().inFlight() == 0);
            int atPause = calls.get();
            fleet.trip(member);
            fleet.awaitState(EffectiveState.OPEN);
            await("break over").during(POLL_INTERVAL).atMost(DrainerFleet.SOON).until(() -> calls.get() == atPause);
            assertThat(member.drainer().status().pauseCauses()).contains(PauseCause.OPERATOR, PauseCause.CIRCUIT);
            Member guest = fleet.join("b", fleet::handle);
            guest.drainer().pause(PauseCause.OPERATOR);
            await("shared").atMost(DrainerFleet.SOON).until(() -> guest.owned() == 1 && member.owned() == 1);
            fleet.leave(guest);
            await("alone").atMost(DrainerFleet.SOON).until(() -> member.owned() == 2);
            assertThat(calls.get()).as("calls while the operator pauses").isEqualTo(atPause);
            assertThat(members(fleet)).as("members").isEqualTo(members);

            member.drainer().resume(PauseCause.OPERATOR);
            fleet.awaitVerdict(Set.of());
            fleet.assertAllResumed();
            assertThat(fleet.handled.places()).hasSize(300);
        }
    }

    private static Set<String> members(DrainerFleet fleet) throws Exception {
        try (Admin admin = SharedBroker.get().admin()) {
            String group = fleet.topic.group();
            return admin.describeConsumerGroups(Set.of(group)).all().get().get(group).members().stream()
                    .map(org.apache.kafka.clients.admin.MemberDescription::consumerId)
                    .collect(java.util.stream.Collectors.toSet());
        }
    }
}

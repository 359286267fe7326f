package dev.tidegate.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.EffectiveState;
import dev.tidegate.drain.Delivery;
import dev.tidegate.drain.Outcome;
import dev.tidegate.fixture.RunLength;
import dev.tidegate.fixture.SharedBroker;
import dev.tidegate.it.DrainerFleet;
import dev.tidegate.it.DrainerFleet.Member;
import dev.tidegate.it.GroupProtocol;
import dev.tidegate.it.HandledRecords;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a member of a group loses and gets back: it is neither paused for ever nor handled twice from an old buffer. */
@Timeout(180)
@Tag("full-length")
class RegainedPartitionsIT {
    private static final int WAITING = RunLength.of(120, 1_200);

    private final AtomicBoolean down = new AtomicBoolean(true);

    /**
     * The trouble of twmb/franz-go#1272: partitions paused, lost and given back stayed paused for ever, for the client kept
     * the flag that its wrapper had forgotten.
     */
    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void what_is_lost_while_open_and_regained_after_closing_goes_on(GroupProtocol protocol) {
        try (DrainerFleet fleet =
                new DrainerFleet(SharedBroker.get(), "regained-" + protocol.lowerCase() + "-field", 6, protocol)) {
            fleet.produce(WAITING, 6);
            Member first = fleet.join("a", delivery -> process(fleet, delivery));
            fleet.awaitOwned(6);
            fleet.awaitState(EffectiveState.OPEN);

            Member second = fleet.join("b", delivery -> process(fleet, delivery));
            await("b owns").atMost(DrainerFleet.SOON).until(() -> second.owned() == 3);
            assertThat(fleet.handled.count()).as("handled while open").isZero();
            down.set(false);
            fleet.awaitState(EffectiveState.CLOSED);
            fleet.leave(second);

            await("a owns").atMost(DrainerFleet.SOON).until(() -> first.owned() == 6);
            fleet.assertAllResumed();
            fleet.awaitVerdict(Set.of());
            assertThat(fleet.handled.values()).hasSize(WAITING);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = GroupProtocol.class,
            names = {"COOPERATIVE", "CONSUMER"})
    void two_that_join_at_once_after_closing_leave_nothing_paused(GroupProtocol protocol) {
        try (DrainerFleet fleet =
                new DrainerFleet(SharedBroker.get(), "two-at-once-" + protocol.lowerCase(), 6, protocol)) {
            fleet.produce(WAITING, 6);
            Member first = fleet.join("a", delivery -> process(fleet, delivery));
            fleet.awaitOwned(6);
            fleet.awaitState(EffectiveState.OPEN);

            down.set(false);
            fleet.awaitState(EffectiveState.CLOSED);
            Member second = fleet.join("b", delivery -> process(fleet, delivery));
            Member third = fleet.join("c", delivery -> process(fleet, delivery));
            await("shared")
                    .atMost(DrainerFleet.SOON)
                    .until(() -> List.of(first, second, third).stream().allMatch(member -> member.owned() == 2));
            fleet.leave(third);
            fleet.leave(second);

            fleet.awaitOwned(6);
            fleet.assertAllResumed();
            fleet.awaitVerdict(Set.of());
            assertThat(fleet.handled.values()).hasSize(WAITING);
        }
    }

    private Outcome process(DrainerFleet fleet, Delivery delivery) {
        if (down.get()) {
            return new Outcome.Failed("503", null);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        return fleet.handle(delivery);
    }

    /**
     * The trouble of typelevel/fs2-kafka#1051: records fetched under an earlier assignment were still in the queue when the
     * partition came back, were handled after the position had been set back, and a commit jumped over others.
     */
    @Test
    void what_was_fetched_before_a_partition_was_lost_is_not_handled_after_it_came_back() {
        try (DrainerFleet fleet = new DrainerFleet(SharedBroker.get(), "old-buffer", 1, GroupProtocol.RANGE)) {
            fleet.settings.concurrency = 1;
            fleet.settings.kafka.put("max.poll.records", "400");
            HandledRecords byFirst = new HandledRecords();
            fleet.produce(400, 1);
            // The range goes to the member whose id sorts first.
            fleet.settings.kafka.put("client.id", "z");
            Member first = fleet.join("a", delivery -> slowly(fleet, byFirst, delivery));
            await().atMost(DrainerFleet.SOON).until(() -> byFirst.count() > 20);
            for (int round = 0; round < 2; round++) {
                fleet.settings.kafka.put("client.id", "a");
                HandledRecords bySecond = new HandledRecords();
                Member second = fleet.join("b", delivery -> slowly(fleet, bySecond, delivery));
                await("b owns").atMost(DrainerFleet.SOON).until(() -> second.owned() == 1 && first.owned() == 0);
                int atLoss = fleet.handled.count();
                await("b works").atMost(DrainerFleet.SOON).until(() -> fleet.handled.count() > atLoss + 20);
                int ofFirst = byFirst.count();
                fleet.leave(second);
                List<Long> ofSecond = bySecond.offsetsOf(0, 0);
                long regainedFrom = ofSecond.get(ofSecond.size() - 1) + 1;
                await("a goes on").atMost(DrainerFleet.SOON).until(() -> byFirst.count() > ofFirst + 20);

                assertThat(byFirst.offsetsOf(0, ofFirst).get(0)).isEqualTo(regainedFrom);
                assertThat(byFirst.offsetsOf(0, ofFirst)).isSorted();
                assertThat(ofFirst).as("handled while it owned nothing").isLessThanOrEqualTo(atLoss);
            }
            fleet.awaitVerdict(Set.of());
            assertThat(fleet.handled.places()).hasSize(400);
        }
    }

    private static Outcome slowly(DrainerFleet fleet, HandledRecords own, Delivery delivery) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        own.add(delivery);
        return fleet.handle(delivery);
    }
}

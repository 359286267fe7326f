package dev.tidegate.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.EffectiveState;
import dev.tidegate.drain.DrainerState;
import dev.tidegate.drain.Outcome;
import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.fixture.SharedBroker;
import dev.tidegate.it.DrainerFleet;
import dev.tidegate.it.DrainerFleet.Member;
import dev.tidegate.it.GroupProtocol;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Topics that change under a drainer, and members that are mistaken for each other. */
@Timeout(180)
@Tag("full-length")
class MovedOffsetsIT {
    private final KafkaBroker broker = SharedBroker.get();

    /**
     * The trouble of twmb/franz-go#1426: a topic deleted and made again keeps its name, the old offsets were committed onto
     * the new topic, and what lay below was skipped.
     */
    @ParameterizedTest
    @CsvSource({"RUNNING, 30", "RUNNING, 80", "RESTARTED, 30", "RESTARTED, 80"})
    void a_topic_made_anew_is_read_from_its_beginning(String how, int records) throws Exception {
        String name = "anew-" + how.toLowerCase(java.util.Locale.ROOT) + "-" + records;
        try (DrainerFleet fleet = new DrainerFleet(broker, name, 1, GroupProtocol.COOPERATIVE)) {
            boolean isRestarted = how.equals("RESTARTED");
            for (int i = 0; i < 50; i++) {
                fleet.topic.produce("k", "old" + i);
            }
            fleet.topic.flush();
            Member member = fleet.join("a", fleet::handle);
            fleet.topic.awaitDrained(DrainerFleet.SOON);
            if (isRestarted) {
                fleet.leave(member);
            }
            makeAnew(name);
            for (int i = 0; i < records; i++) {
                fleet.topic.produce("k", "new" + i);
            }
            fleet.topic.flush();
            if (isRestarted) {
                fleet.join("a", fleet::handle);
            }

            await("new records")
                    .atMost(DrainerFleet.SOON)
                    .until(() -> fleet.handled.values().stream()
                                    .filter(value -> value.startsWith("new"))
                                    .count()
                            == records);
            fleet.topic.awaitDrained(DrainerFleet.SOON);
            assertThat(fleet.handled.countOf("old")).isEqualTo(50);
        }
    }

    private void makeAnew(String topic) throws Exception {
        try (Admin admin = broker.admin()) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
        // The broker deletes beside us: as long as it does, the name is taken.
        await().atMost(DrainerFleet.SOON).ignoreExceptions().until(() -> {
            broker.createTopic(topic, 1);
            return true;
        });
    }

    /** The trouble of apache/kafka#22784: the first records of a new partition are lost to who begins at the latest. */
    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void records_of_new_partitions_are_handled_from_the_first_one_on(GroupProtocol protocol) throws Exception {
        AtomicBoolean down = new AtomicBoolean();
        String name = "grown-" + protocol.lowerCase();
        try (DrainerFleet fleet = new DrainerFleet(broker, name, 2, protocol);
                Admin admin = broker.admin()) {
            fleet.produce(20, 2);
            fleet.join("a", delivery -> down.get() ? new Outcome.Failed("503", null) : fleet.handle(delivery));
            await().atMost(DrainerFleet.SOON).until(() -> fleet.handled.count() == 20);

            grow(admin, fleet, 4);
            fleet.produce(200, 4);
            await("while running").atMost(DrainerFleet.SOON).until(() -> fleet.handled.count() == 220);

            down.set(true);
            fleet.produce(4, 4);
            fleet.awaitState(EffectiveState.OPEN);
            grow(admin, fleet, 6);
            fleet.produce(300, 6);
            fleet.awaitOwned(6);
            assertThat(fleet.handled.count()).as("handled while open").isEqualTo(220);
            down.set(false);
            await("after closing")
                    .atMost(DrainerFleet.SOON)
                    .until(() -> fleet.handled.places().size() == 524);
        }
    }

    private static void grow(Admin admin, DrainerFleet fleet, int partitions) throws Exception {
        admin.createPartitions(Map.of(fleet.name(), NewPartitions.increaseTo(partitions)))
                .all()
                .get();
    }

    @Test
    void without_a_place_to_begin_a_drainer_fails_and_says_where() {
        try (DrainerFleet fleet = new DrainerFleet(broker, "no-reset", 1, GroupProtocol.COOPERATIVE)) {
            fleet.settings.kafka.put("auto.offset.reset", "none");
            fleet.produce(1, 1);
            Member member = fleet.join("a", fleet::handle);

            await().atMost(DrainerFleet.SOON)
                    .until(() -> member.drainer().status().state() == DrainerState.FAILED);
            assertThat(member.drainer().status().cause()).contains("no-reset-0");
            assertThat(fleet.handled.count()).isZero();
        }
    }

    /**
     * The trouble of twmb/franz-go#931: two members with one {@code group.instance.id}. Drainers derive ids of their own; a
     * copy of the whole instance takes the place of the first one, which fails for all to see and commits nothing more.
     */
    @Test
    void members_of_one_static_id_live_side_by_side_and_a_copy_of_one_fences_it() {
        try (DrainerFleet fleet = new DrainerFleet(broker, "static-ids", 4, GroupProtocol.COOPERATIVE)) {
            fleet.settings.kafka.put("group.instance.id", "tg");
            Member first = fleet.join("a", fleet::handle);
            Member second = fleet.join("b", fleet::handle);
            await("side by side").atMost(DrainerFleet.SOON).until(() -> first.owned() == 2 && second.owned() == 2);
            fleet.produce(40, 4);
            await().atMost(DrainerFleet.SOON).until(() -> fleet.handled.count() == 40);

            Member copy = fleet.join("a", fleet::handle);
            await("fenced")
                    .atMost(DrainerFleet.SOON)
                    .until(() -> first.drainer().status().state() == DrainerState.FAILED);
            assertThat(first.drainer().status().cause()).containsIgnoringCase("fenced");
            fleet.produce(40, 4);
            fleet.awaitVerdict(Set.of());
            assertThat(fleet.handled.places()).hasSize(80);
            assertThat(copy.owned()).isEqualTo(2);
        }
    }

    /** A static member that is back within the session timeout gets what it had, and nobody else is disturbed. */
    @Test
    void a_static_member_that_comes_back_soon_costs_no_rebalance() {
        try (DrainerFleet fleet = new DrainerFleet(broker, "static-back", 4, GroupProtocol.COOPERATIVE)) {
            fleet.settings.kafka.put("group.instance.id", "tg");
            fleet.settings.kafka.put("session.timeout.ms", "30000");
            Member first = fleet.join("a", fleet::handle);
            Member second = fleet.join("b", fleet::handle);
            await().atMost(DrainerFleet.SOON).until(() -> first.owned() == 2 && second.owned() == 2);

            fleet.leave(second);
            fleet.produce(80, 4);
            await("a works").atMost(DrainerFleet.SOON).until(() -> fleet.handled.count() == 40);
            assertThat(first.owned()).isEqualTo(2);
            Member back = fleet.join("b", fleet::handle);

            fleet.awaitVerdict(Set.of());
            assertThat(fleet.handled.places()).hasSize(80);
            assertThat(back.owned()).isEqualTo(2);
            assertThat(first.owned()).isEqualTo(2);
        }
    }
}

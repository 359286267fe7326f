package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.drain.Delivery;
import dev.tidegate.drain.DrainerStatus.PartitionStatus;
import dev.tidegate.drain.Outcome;
import dev.tidegate.drain.PauseCause;
import dev.tidegate.drain.Skip;
import dev.tidegate.drain.wish.PauseChange;
import dev.tidegate.drain.wish.WishAnswer;
import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.fixture.PostgresServer;
import dev.tidegate.fixture.SharedBroker;
import dev.tidegate.it.DrainerFleet.Member;
import dev.tidegate.store.SkipWish;
import dev.tidegate.store.SkipWish.State;
import dev.tidegate.store.StoreDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What operators wish of drainers, asked at any instance of a fleet over a real broker and database. */
@Timeout(180)
class FleetWishesIT {
    private static PostgresServer server;
    private static StoreDatabase database;

    private final KafkaBroker broker = SharedBroker.get();
    private final Map<String, WishedInstance> instances = new HashMap<>();

    @BeforeAll
    static void open(@TempDir Path directory) throws Exception {
        server = PostgresServer.start(directory);
        database = StoreDatabase.postgres(server);
    }

    @AfterAll
    static void close() {
        database.close();
        server.close();
    }

    @AfterEach
    void end() {
        instances.values().forEach(WishedInstance::close);
    }

    private DrainerFleet fleet(String name) {
        DrainerFleet fleet = new DrainerFleet(broker, name, 2, GroupProtocol.COOPERATIVE);
        // Each test has a drainer of its own name: wishes outlive it.
        fleet.settings.name = name;
        fleet.beforeStart =
                (instance, drainer) -> instances.put(instance, WishedInstance.over(database, instance, drainer));
        return fleet;
    }

    private static boolean isPaused(Member member) {
        return member.drainer().status().pauseCauses().contains(PauseCause.OPERATOR)
                && member.drainer().status().inFlight() == 0;
    }

    @Test
    void a_pause_asked_at_one_instance_stops_all_outlives_restarts_and_loses_nothing() {
        try (DrainerFleet fleet = fleet("held-by-wish")) {
            fleet.produce(100, 2);
            Member first = fleet.join("a", fleet::handle);
            Member second = fleet.join("b", fleet::handle);
            await("both drain").atMost(DrainerFleet.SOON).until(() -> first.owned() == 1 && second.owned() == 1);

            // No instance polls: the other one hears by push alone.
            assertThat(instances
                            .get("a")
                            .operator
                            .carryOut(new PauseChange("held-by-wish", true, 0, "anna", "stocktaking")))
                    .isInstanceOf(WishAnswer.Done.class);
            await("both stop").atMost(DrainerFleet.SOON).until(() -> isPaused(first) && isPaused(second));
            int atPause = fleet.handled.count();
            fleet.produce(100, 2);

            fleet.leave(second);
            instances.get("b").close();
            Member restarted = fleet.join("b", fleet::handle);
            await("shared").atMost(DrainerFleet.SOON).until(() -> first.owned() == 1 && restarted.owned() == 1);
            assertThat(isPaused(restarted)).isTrue();
            await("quiet")
                    .during(Duration.ofSeconds(1))
                    .atMost(DrainerFleet.SOON)
                    .until(() -> fleet.handled.count() == atPause);

            server.stop();
            assertThat(instances.get("b").operator.carryOut(new PauseChange("held-by-wish", false, 1, "ben", "over")))
                    .isInstanceOfSatisfying(
                            WishAnswer.NotDone.class,
                            not -> assertThat(not.why()).contains("nothing was changed"));
            server.start();
            assertThat(instances.get("b").operator.carryOut(new PauseChange("held-by-wish", false, 0, "ben", "over")))
                    .as("of one who saw no pause")
                    .isInstanceOf(WishAnswer.Outdated.class);
            assertThat(instances.get("b").operator.carryOut(new PauseChange("held-by-wish", false, 1, "ben", "over")))
                    .isInstanceOf(WishAnswer.Done.class);
            fleet.awaitVerdict(Set.of());
            fleet.assertAllResumed();
            assertThat(fleet.handled.places()).hasSize(200);
        }
    }

    @Test
    void what_blocks_is_skipped_by_its_owner_wherever_that_was_asked_also_after_it_changed_hands() throws Exception {
        try (DrainerFleet fleet = fleet("stuck-for-a-wish")) {
            fleet.settings.maxAttempts = 1_000;
            fleet.topic.produceTo(0, "p", "poison");
            fleet.produce(100, 2);
            fleet.topic.produceTo(0, "q", "poison");
            fleet.topic.flush();
            Member first = fleet.join("a", delivery -> handle(fleet, delivery));
            Member second = fleet.join("b", delivery -> handle(fleet, delivery));
            instances.values().forEach(WishedInstance::poll);
            await("shared").atMost(DrainerFleet.SOON).until(() -> first.owned() == 1 && second.owned() == 1);
            boolean isFirst = owns(first, 0);
            Member owner = isFirst ? first : second;
            String ownersName = isFirst ? "a" : "b";
            String othersName = isFirst ? "b" : "a";
            await("blocked")
                    .atMost(DrainerFleet.SOON)
                    .until(() -> owner.drainer().status().blocking() != null);
            WishedInstance asked = instances.get(othersName);

            SkipWish wish = ask(asked, 0);
            awaitDone(asked, wish, ownersName);
            assertThat(fleet.deadLetters()).isEqualTo(1);

            SkipWish healthy = ask(asked, 1);
            await("refused")
                    .atMost(DrainerFleet.SOON)
                    .until(() -> asked.operator.skip(healthy.id()).orElseThrow().state() == State.NOT_BLOCKING);

            fleet.leave(owner);
            SkipWish next = ask(asked, 51);
            awaitDone(asked, next, othersName);
            assertThat(fleet.deadLetters()).isEqualTo(2);
            fleet.awaitVerdict(Set.of(), Set.of());
            assertThat(fleet.handled.places()).hasSize(100);
        }
    }

    private static Outcome handle(DrainerFleet fleet, Delivery delivery) {
        String value = new String(delivery.value(), StandardCharsets.UTF_8);
        return value.equals("poison") ? new Outcome.Failed("500", null) : fleet.handle(delivery);
    }

    private static boolean owns(Member member, int partition) {
        return member.drainer().status().partitions().stream()
                .map(PartitionStatus::partition)
                .anyMatch(owned -> owned == partition);
    }

    private static SkipWish ask(WishedInstance at, long offset) {
        Skip skip = new Skip("stuck-for-a-wish", 0, offset, null, "anna", "cancelled");
        return ((WishAnswer.Done<SkipWish>) at.operator.ask("stuck-for-a-wish", skip)).wish();
    }

    private static void awaitDone(WishedInstance at, SkipWish wish, String by) {
        await("skipped").atMost(DrainerFleet.SOON).untilAsserted(() -> {
            SkipWish now = at.operator.skip(wish.id()).orElseThrow();
            assertThat(now.state()).as(now.outcome()).isEqualTo(State.DONE);
            assertThat(now.instance()).isEqualTo(by);
        });
    }
}

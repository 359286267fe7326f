package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.StoredRecords;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.core.Failure;
import dev.tidegate.core.Permit;
import dev.tidegate.drain.Delivery;
import dev.tidegate.drain.Outcome;
import dev.tidegate.drain.PauseCause;
import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.fixture.SharedBroker;
import dev.tidegate.guard.Circuit;
import dev.tidegate.it.DrainerFleet.Member;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The places where a drainer could most easily do the wrong thing. */
@Timeout(120)
class WalksIT {
    private final KafkaBroker broker = SharedBroker.get();

    @Test
    void a_record_that_always_fails_on_a_quiet_partition_waits_until_another_shows_that_the_downstream_works() {
        AtomicInteger calls = new AtomicInteger();
        try (DrainerFleet fleet = new DrainerFleet(broker, "quiet", 1, GroupProtocol.COOPERATIVE)) {
            fleet.settings.maxAttempts = 3;
            fleet.topic.produce("p", "poison");
            fleet.topic.flush();
            Member member = fleet.join("a", delivery -> {
                if (textOf(delivery).equals("poison")) {
                    calls.incrementAndGet();
                    return new Outcome.Failed("500", null);
                }
                return fleet.handle(delivery);
            });

            await("probes").atMost(DrainerFleet.SOON).until(() -> calls.get() > 3 * fleet.settings.maxAttempts);
            assertThat(fleet.topic.committed()).isEmpty();
            assertThat(member.drainer().status().blocking()).isNotNull();
            assertThat(member.drainer().status().rejected()).isZero();

            AtomicInteger good = new AtomicInteger();
            await("dead-lettered").atMost(DrainerFleet.SOON).until(() -> {
                fleet.topic.produce("k" + good.get(), "good" + good.getAndIncrement());
                return member.drainer().status().rejected() == 1;
            });
            fleet.topic.flush();
            fleet.topic.awaitDrained(DrainerFleet.SOON);
            assertThat(StoredRecords.of(broker, "quiet.dlt"))
                    .singleElement()
                    .satisfies(
                            letter -> assertThat(letter.value()).isEqualTo("poison".getBytes(StandardCharsets.UTF_8)));
            assertThat(fleet.handled.values()).hasSize(good.get());
            assertThat(member.drainer().status().blocking()).isNull();
        }
    }

    @Test
    void who_gets_a_partition_of_a_dead_holder_of_results_makes_one_result_to_probe_the_output_with() {
        try (DrainerFleet fleet = new DrainerFleet(broker, "heirs", 1, GroupProtocol.COOPERATIVE)) {
            broker.createTopic("heirs-done", 1);
            fleet.settings.publisher = "heirs-done";
            for (int i = 0; i < 20; i++) {
                fleet.topic.produce("k" + i, "v" + i);
            }
            AtomicInteger byHolder = new AtomicInteger();
            AtomicInteger byHeir = new AtomicInteger();
            Member first = fleet.join("c", delivery -> {
                byHolder.incrementAndGet();
                return new Outcome.Done(delivery.value());
            });
            Circuit output = first.instance().circuits.circuit("heirs-done");
            open(output);
            fleet.topic.flush();
            await("holds").atMost(DrainerFleet.SOON).until(() -> {
                open(output);
                return first.drainer().status().pauseCauses().contains(PauseCause.OUTPUT) || byHolder.get() >= 20;
            });
            assertThat(byHolder.get()).isLessThan(20);
            open(output);
            fleet.leave(first);
            Member next = fleet.join("d", delivery -> {
                byHeir.incrementAndGet();
                return new Outcome.Done(delivery.value());
            });

            fleet.topic.awaitDrained(DrainerFleet.SOON);
            assertThat(texts("heirs-done")).hasSize(20);
            await().atMost(DrainerFleet.SOON)
                    .until(() -> next.instance().circuits.circuit("heirs-done").state() == EffectiveState.CLOSED);
            assertThat(byHeir.get()).isPositive();
        }
    }

    private static void open(Circuit circuit) {
        for (int i = 0; i < 3 && circuit.tryAcquire() instanceof Permit.Granted granted; i++) {
            granted.failure(new Failure("tripped by the test"));
        }
    }

    private Set<String> texts(String topic) {
        Set<String> texts = new TreeSet<>();
        StoredRecords.of(broker, topic)
                .forEach(record -> texts.add(new String(record.value(), StandardCharsets.UTF_8)));
        return texts;
    }

    @Test
    void a_revoke_with_a_gap_commits_below_it_and_the_next_owner_handles_from_there_on_again() {
        CountDownLatch never = new CountDownLatch(1);
        HandledRecords byNext = new HandledRecords();
        try (DrainerFleet fleet = new DrainerFleet(broker, "gap", 1, GroupProtocol.RANGE)) {
            fleet.settings.concurrency = 16;
            fleet.settings.quiesceTimeout = Duration.ofMillis(500);
            fleet.settings.timeout = Duration.ofMinutes(1);
            // The range goes to the member whose id sorts first.
            fleet.settings.kafka.put("client.id", "z");
            for (int i = 0; i < 10; i++) {
                fleet.topic.produce("k" + i, "v" + i);
            }
            fleet.topic.flush();
            Member first = fleet.join("a", delivery -> {
                if (delivery.offset() == 5) {
                    never.await(1, TimeUnit.MINUTES);
                }
                return fleet.handle(delivery);
            });
            await("gap").atMost(DrainerFleet.SOON).until(() -> fleet.handled.count() == 9);
            await("commit").atMost(DrainerFleet.SOON).until(() -> Map.of(0, 5L).equals(fleet.topic.committed()));

            fleet.settings.kafka.put("client.id", "a");
            Member second = fleet.join("b", delivery -> {
                byNext.add(delivery);
                return fleet.handle(delivery);
            });
            await("moved").atMost(DrainerFleet.SOON).until(() -> second.owned() == 1 && first.owned() == 0);
            fleet.awaitVerdict(Set.of());
            assertThat(new TreeSet<>(byNext.offsetsOf(0, 0))).containsExactlyElementsOf(List.of(5L, 6L, 7L, 8L, 9L));
        } finally {
            never.countDown();
        }
    }

    private static String textOf(Delivery delivery) {
        return new String(delivery.value(), StandardCharsets.UTF_8);
    }
}

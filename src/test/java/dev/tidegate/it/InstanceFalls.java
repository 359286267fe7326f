package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.FleetBench;
import dev.tidegate.bench.SteadyTraffic;
import dev.tidegate.demo.downstream.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What a real server does while the other one lets it down. */
interface InstanceFalls {
    ChaosFleet fleet();

    @Test
    @Order(1)
    default void the_partitions_of_a_killed_instance_are_taken_over_and_shared_again_when_it_is_back()
            throws Exception {
        try (SteadyTraffic traffic = fleet().bench().traffic()) {
            fleet().awaitBothOwn();
            fleet().awaitHandled(50);

            fleet().a().kill();
            await().atMost(ChaosFleet.LONG)
                    .untilAsserted(() -> assertThat(fleet().bench().owners(fleet().b()))
                            .containsOnlyKeys("b")
                            .containsEntry("b", (long) FleetBench.PARTITIONS));
            fleet().awaitHandled(50);
            fleet().a().start();

            fleet().awaitBothOwn();
            fleet().verdict().awaitAfter(traffic);
        }
    }
    /** The other instance is kept out of the way until the row is held, so that it is held for certain. */
    @Test
    @Order(30)
    default void an_instance_that_froze_in_its_transaction_does_not_keep_the_row_from_the_other() throws Exception {
        FleetBench bench = fleet().bench();
        try (SteadyTraffic traffic = bench.traffic()) {
            fleet().awaitBothOwn();
            fleet().awaitHandled(50);
            try {
                fleet().b().freeze();
                bench.member(0).toDatabase().delay(Duration.ofMillis(400));
                bench.downstream().fault(FleetBench.DRAINER, Fault.error(503));
                await().atMost(ChaosFleet.LONG)
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> !holders().isEmpty());
                fleet().a().freeze();
                List<String> holder = holders();
                long frozen = System.nanoTime();
                fleet().b().thaw();

                await().atMost(ChaosFleet.LONG)
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> holders().stream().noneMatch(holder::contains));
                Duration held = Duration.ofNanos(System.nanoTime() - frozen);
                await().atMost(ChaosFleet.LONG).until(() -> !bench.row().startsWith("CLOSED"));

                // Two seconds, after what was on its way when it froze.
                assertThat(held).isLessThan(Duration.ofSeconds(4));
            } finally {
                fleet().a().thaw();
                fleet().b().thaw();
                bench.member(0).toDatabase().heal();
            }
            bench.downstream().fault(FleetBench.DRAINER, Fault.NONE);
            fleet().awaitHandled(50);
            fleet().awaitBothOwn();
            fleet().verdict().awaitAfter(traffic);
        }
    }

    /** The backends that have written something and have not ended their transaction. */
    private List<String> holders() {
        return fleet().bench()
                .query(
                        "select pid from pg_stat_activity where backend_xid is not null and state = 'idle in transaction'"
                                + " and query ilike 'update tidegate_circuit%'");
    }
}

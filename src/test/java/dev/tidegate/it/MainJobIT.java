package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.KeyOrder;
import dev.tidegate.demo.downstream.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job, on a real broker, a real PostgreSQL and two real servers: five thousand keyed records through five drainers,
 * and the downstream of one of them fails in the middle for longer than two breaks. One story, told in order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainJobIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int HALF = 500;
    private static final String SICK = "payments";
    private static final List<String> WELL = List.of("orders", "shipping", "stock", "mail");

    private MainJobBench bench;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        bench = MainJobBench.start(directory);
    }

    @AfterAll
    void end() {
        bench.close();
    }

    @Test
    @Order(1)
    void two_instances_share_five_topics_and_handle_the_first_half() throws Exception {
        bench.produce(0, HALF);

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(bench.handled())
                        .allSatisfy((name, ids) -> assertThat(ids).as(name).hasSize(HALF)));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(bench.instancesOwning(SICK)).containsExactlyInAnyOrder("a", "b"));
    }

    @Test
    @Order(2)
    void the_circuit_of_a_failing_downstream_opens_on_both_instances_within_a_second() throws Exception {
        bench.downstream().fault(SICK, Fault.error(503));
        bench.produce(HALF, HALF);

        Duration spread = bench.timeBetweenBothOpen(SICK, LONG);

        assertThat(spread).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    @Order(3)
    void every_partition_of_that_drainer_is_paused_on_both_and_no_other_drainer_is_touched() {
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(bench.partitionsPausedByCircuit(SICK)).isEqualTo(MainJobBench.PARTITIONS);
            assertThat(bench.instancesOwning(SICK)).containsExactlyInAnyOrder("a", "b");
        });
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(WELL)
                        .allSatisfy(name ->
                                assertThat(bench.handled().get(name)).as(name).hasSize(2 * HALF)));
        assertThat(WELL).allSatisfy(name -> {
            assertThat(bench.circuitState(name)).as(name).isEqualTo("CLOSED");
            assertThat(bench.epochsOf(name)).as(name).isEmpty();
        });
    }

    @Test
    @Order(4)
    void while_it_fails_each_break_ends_with_one_probe_of_the_whole_fleet() {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(bench.edgesTo(SICK, "OPEN")).hasSizeGreaterThanOrEqualTo(3));

        assertThat(bench.overlappingProbes(SICK)).isEmpty();
        assertThat(bench.probeCallsSince(SICK))
                .isLessThanOrEqualTo(bench.edgesTo(SICK, "HALF_OPEN").size());
    }

    @Test
    @Order(5)
    void after_mending_one_probe_closes_it_and_the_lag_goes_to_zero() {
        bench.downstream().fault(SICK, Fault.NONE);

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(bench.circuitStates(SICK)).containsOnly("CLOSED"));
        await().atMost(LONG).untilAsserted(() -> assertThat(bench.lag(SICK)).isZero());
        assertThat(bench.edgesTo(SICK, "CLOSED")).hasSize(1);
        assertThat(bench.epochsOf(SICK)).isEqualTo(oneTo(bench.epochsOf(SICK).size()));
    }

    @Test
    @Order(6)
    void every_record_was_handled_and_per_key_in_order() {
        Map<String, Set<String>> handled = bench.handled();

        assertThat(handled).allSatisfy((name, ids) -> assertThat(ids).as(name).hasSize(2 * HALF));
        assertThat(bench.names())
                .allSatisfy(
                        name -> assertThat(KeyOrder.broken(bench.downstream().calls(name)))
                                .as(name)
                                .isEmpty());
    }

    @Test
    @Order(7)
    void nothing_is_dead_lettered_and_every_result_is_in_its_output_topic() {
        assertThat(bench.names()).allSatisfy(name -> {
            assertThat(bench.recordsIn(name + ".dlt")).as(name).isZero();
            assertThat(bench.recordsIn(name + "-done")).as(name).isGreaterThanOrEqualTo(2L * HALF);
            assertThat(bench.committedLag(name)).as(name).isZero();
        });
    }

    private static List<Long> oneTo(int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}

package dev.tidegate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.drain.DrainerState;
import dev.tidegate.drain.PauseCause;
import dev.tidegate.fixture.FakeWatch;
import dev.tidegate.fixture.ShownDrainer;
import dev.tidegate.monitor.report.DrainerView;
import dev.tidegate.monitor.report.DrainerView.BlockingView;
import dev.tidegate.monitor.report.DrainerView.PartitionView;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrainerMergeTest {
    private static final Instant NOW = FakeWatch.NOW;

    @Test
    void the_fleets_state_and_cause_are_those_of_the_instance_that_is_worst_off() {
        DrainerJson merged = DrainerMerge.of(
                4,
                List.of(
                        on("node-1", view(DrainerState.RUNNING, null)),
                        on("node-2", view(DrainerState.FAILED, "not authorised")),
                        on("node-3", view(DrainerState.PAUSED, "circuit orders is open"))));

        assertThat(merged.version()).isEqualTo(4);
        assertThat(merged.state()).isEqualTo("FAILED");
        assertThat(merged.cause()).isEqualTo("not authorised");
        assertThat(merged.instances())
                .extracting(DrainerJson.InstanceJson::state)
                .containsExactly("RUNNING", "FAILED", "PAUSED");
    }

    @Test
    void while_one_instance_probes_the_drainer_probes_though_others_are_paused() {
        DrainerJson merged = DrainerMerge.of(
                0,
                List.of(
                        on("node-1", view(DrainerState.PAUSED, "circuit orders is open")),
                        on("node-2", view(DrainerState.PROBING, null))));

        assertThat(merged.state()).isEqualTo("PROBING");
    }

    @Test
    void an_instance_that_stopped_says_nothing_of_the_others() {
        DrainerJson merged = DrainerMerge.of(
                0,
                List.of(
                        on("node-1", view(DrainerState.STOPPED, null)),
                        on("node-2", view(DrainerState.RUNNING, null))));

        assertThat(merged.state()).isEqualTo("RUNNING");
    }

    @Test
    void counts_are_sums_and_pause_causes_a_union() {
        DrainerView one =
                DrainerView.of(ShownDrainer.status("orders", DrainerState.PAUSED, "x", Set.of(PauseCause.CIRCUIT)));
        DrainerView two =
                DrainerView.of(ShownDrainer.status("orders", DrainerState.PAUSED, "x", Set.of(PauseCause.OPERATOR)));

        DrainerJson merged = DrainerMerge.of(0, List.of(on("node-1", one), on("node-2", two)));

        assertThat(merged.handled()).isEqualTo(20);
        assertThat(merged.inFlight()).isEqualTo(2);
        assertThat(merged.buffered()).isEqualTo(4);
        assertThat(merged.failed()).isEqualTo(6);
        assertThat(merged.pauseCauses()).containsExactly("CIRCUIT", "OPERATOR");
    }

    @Test
    void a_partition_that_two_reports_name_is_the_later_ones() {
        DrainerView early = view(DrainerState.RUNNING, null, new PartitionView("orders", 0, 5L, 5L, 95L, List.of()));
        DrainerView late = view(
                DrainerState.RUNNING,
                null,
                new PartitionView("orders", 0, 90L, 90L, 10L, List.of()),
                new PartitionView("orders", 1, null, null, null, List.of()));

        DrainerJson merged = DrainerMerge.of(
                0,
                List.of(new OnInstance<>("node-1", late, NOW), new OnInstance<>("node-2", early, NOW.minusSeconds(2))));

        assertThat(merged.partitions())
                .extracting(DrainerJson.PartitionJson::instance)
                .containsExactly("node-1", "node-1");
        assertThat(merged.lag()).isEqualTo(10);
    }

    @Test
    void an_unknown_lag_is_not_zero() {
        DrainerView view =
                view(DrainerState.RUNNING, null, new PartitionView("orders", 0, null, null, null, List.of()));

        assertThat(DrainerMerge.of(0, List.of(on("node-1", view))).lag()).isNull();
    }

    @Test
    void the_record_that_blocks_longest_is_shown() {
        BlockingView younger = new BlockingView("orders", 0, 1, NOW, 1, "503");
        BlockingView older = new BlockingView("orders", 1, 7, NOW.minusSeconds(9), 4, "503");

        DrainerJson merged = DrainerMerge.of(0, List.of(on("node-1", blocked(younger)), on("node-2", blocked(older))));

        assertThat(merged.blocking()).isEqualTo(older);
    }

    @Test
    void a_state_that_only_a_newer_program_knows_is_no_fault() {
        DrainerView newer = new DrainerView(
                "orders",
                "HIBERNATING",
                null,
                List.of(),
                "orders",
                List.of(),
                "orders",
                List.of(),
                0,
                0,
                0,
                0,
                0,
                null);

        DrainerJson merged =
                DrainerMerge.of(0, List.of(on("node-1", newer), on("node-2", view(DrainerState.PAUSED, "x"))));

        assertThat(merged.state()).isEqualTo("PAUSED");
    }

    private static OnInstance<DrainerView> on(String instance, DrainerView view) {
        return new OnInstance<>(instance, view, NOW);
    }

    private static DrainerView view(DrainerState state, String cause) {
        return DrainerView.of(ShownDrainer.status("orders", state, cause, Set.of()));
    }

    private static DrainerView view(DrainerState state, String cause, PartitionView... partitions) {
        return new DrainerView(
                "orders",
                state.name(),
                cause,
                List.of(),
                "orders",
                List.of("orders"),
                "orders",
                List.of(partitions),
                0,
                0,
                0,
                0,
                0,
                null);
    }

    private static DrainerView blocked(BlockingView blocking) {
        return new DrainerView(
                "orders",
                "RUNNING",
                null,
                List.of(),
                "orders",
                List.of("orders"),
                "orders",
                List.of(),
                0,
                0,
                0,
                0,
                0,
                blocking);
    }
}

package dev.tidegate.monitor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.monitor.report.DrainerView.BlockingView;
import dev.tidegate.monitor.report.DrainerView.PartitionView;
import jakarta.json.bind.annotation.JsonbCreator;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportJsonTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final InstanceView VIEW = new InstanceView(
            "node-1",
            "0.1.0",
            NOW,
            "cafe",
            List.of(new CircuitView("orders", "OPEN", true, 7, 3, new WindowView(5, 4, 0, 4), "beef")),
            List.of(new DrainerView(
                    "orders",
                    "PAUSED",
                    "circuit orders is open",
                    List.of("CIRCUIT", "OPERATOR"),
                    "orders",
                    List.of("orders"),
                    "orders",
                    List.of(
                            new PartitionView("orders", 0, 12L, 10L, 2L, List.of("CIRCUIT")),
                            new PartitionView("orders", 1, null, null, null, List.of())),
                    1,
                    2,
                    3,
                    4,
                    5,
                    new BlockingView("orders", 0, 10, NOW, 3, "503 from \"downstream\""))),
            List.of(new PublisherView("orders-done", "orders-done", "orders-done", 1, 2, 3, 4, null)));
    private final ReportJson json = new ReportJson();

    @Test
    void what_was_written_is_read_back_equal() {
        assertThat(json.read("node-1", json.write(VIEW))).contains(VIEW);
    }

    @Test
    void a_newer_instance_may_tell_more_and_name_states_that_this_one_does_not_know() {
        String newer = json.write(VIEW)
                .replace("\"PAUSED\"", "\"HIBERNATING\"")
                .replace("\"handled\":", "\"mood\":{\"a\":[1]},\"handled\":");

        assertThat(json.read("node-1", newer).orElseThrow().drainers().get(0).state())
                .isEqualTo("HIBERNATING");
    }

    @Test
    void a_report_that_cannot_be_read_is_no_report() {
        assertThat(json.read("node-1", "{")).isEmpty();
        assertThat(json.read("node-1", "null")).isEmpty();
        assertThat(json.read("node-1", "{}")).isEmpty();
        assertThat(json.read("node-1", "[]")).isEmpty();
    }

    @Test
    void a_record_with_a_list_of_records_is_read_by_a_method_so_that_an_older_jvm_reads_what_a_newer_compiler_made() {
        List<Class<?>> holders = Stream.of(
                        InstanceView.class, CircuitView.class, DrainerView.class, PublisherView.class)
                .filter(ReportJsonTest::holdsListOfRecords)
                .<Class<?>>map(view -> view)
                .toList();

        assertThat(holders)
                .contains(InstanceView.class, DrainerView.class)
                .allSatisfy(view -> assertThat(view.getDeclaredMethods())
                        .anyMatch(method -> method.isAnnotationPresent(JsonbCreator.class)));
    }

    private static boolean holdsListOfRecords(Class<?> view) {
        return Arrays.stream(view.getRecordComponents())
                .map(component -> component.getGenericType().getTypeName())
                .anyMatch(type -> type.startsWith("java.util.List<dev."));
    }
}

package dev.tidegate.monitor.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.core.StoreException;
import dev.tidegate.core.Subscription;
import dev.tidegate.fixture.FakeWatch;
import dev.tidegate.store.DrainerWish;
import dev.tidegate.store.DrainerWishes;
import dev.tidegate.store.InstanceReport;
import dev.tidegate.store.InstanceReports;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetMemoryTest {
    private final FleetMemory fleet = new FleetMemory("node-1", new Reports(), new Wishes());
    private List<InstanceReport> reports = List.of();
    private boolean isAway;

    @Test
    void an_instance_hears_of_the_others_by_name_and_never_of_itself() throws StoreException {
        reports = List.of(report("node-3"), report("node-1"), report("node-2"));

        fleet.refresh();

        assertThat(fleet.others()).extracting(seen -> seen.view().instance()).containsExactly("node-2", "node-3");
        assertThat(fleet.others().get(0).at()).isEqualTo(FakeWatch.NOW);
    }

    @Test
    void a_report_that_cannot_be_read_hides_no_other() throws StoreException {
        reports = List.of(new InstanceReport("node-2", "{\"instance\":", FakeWatch.NOW), report("node-3"));

        fleet.refresh();

        assertThat(fleet.others()).extracting(seen -> seen.view().instance()).containsExactly("node-3");
    }

    @Test
    void while_the_store_is_away_it_keeps_what_it_knew() throws StoreException {
        reports = List.of(report("node-2"));
        fleet.refresh();
        isAway = true;

        assertThatThrownBy(fleet::refresh).isInstanceOf(StoreException.class);

        assertThat(fleet.others()).hasSize(1);
        assertThat(fleet.wishes()).containsKey("orders");
    }

    private static InstanceReport report(String instance) {
        InstanceView view = new InstanceView(instance, "0.1.0", FakeWatch.NOW, "cafe", List.of(), List.of(), List.of());
        return new InstanceReport(instance, new ReportJson().write(view), FakeWatch.NOW);
    }

    private final class Reports implements InstanceReports {
        @Override
        public void write(String instance, String json, Duration lasts) {}

        @Override
        public List<InstanceReport> read() throws StoreException {
            if (isAway) {
                throw new StoreException("the store is away", null);
            }
            return reports;
        }

        @Override
        public void remove(String instance) {}
    }

    private static final class Wishes implements DrainerWishes {
        @Override
        public boolean write(DrainerWish next) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Subscription listen(Runnable changed) {
            return () -> {};
        }

        @Override
        public Map<String, DrainerWish> read() {
            return Map.of("orders", new DrainerWish("orders", 1, true, "maria", "maintenance", FakeWatch.NOW));
        }

        @Override
        public boolean createIfAbsent(DrainerWish wish) {
            return false;
        }
    }
}

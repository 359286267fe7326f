package dev.tidegate.monitor.report;

import dev.tidegate.core.StoreException;
import dev.tidegate.store.DrainerWish;
import dev.tidegate.store.DrainerWishes;
import dev.tidegate.store.InstanceReport;
import dev.tidegate.store.InstanceReports;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The last that the store told of the other instances and of operators' wishes, so that nobody who asks waits for the store.
 * While the store is away it keeps what it knew; {@link Seen#at} tells the age. Thread-safe.
 */
public final class FleetMemory {
    /**
     * Another instance's report.
     *
     * @param at when it was written, in the store's time
     */
    public record Seen(InstanceView view, Instant at) {}

    private record Content(List<Seen> others, Map<String, DrainerWish> wishes) {}

    private final String self;
    private final InstanceReports reports;
    private final DrainerWishes wishes;
    private final ReportJson json = new ReportJson();
    private volatile Content content = new Content(List.of(), Map.of());

    /** @param self this instance, whose own report is never read: it knows itself better */
    public FleetMemory(String self, InstanceReports reports, DrainerWishes wishes) {
        this.self = self;
        this.reports = reports;
        this.wishes = wishes;
    }

    /** Reads the store once, on the caller's thread: to be called at every report interval. */
    public void refresh() throws StoreException {
        List<Seen> others = reports.read().stream()
                .filter(report -> !report.instance().equals(self))
                .flatMap(this::seen)
                .sorted(Comparator.comparing(seen -> seen.view().instance()))
                .toList();
        content = new Content(others, Map.copyOf(wishes.read()));
    }

    /** The other instances whose reports had not expired at the last refresh, by name. */
    public List<Seen> others() {
        return content.others();
    }

    /** What operators wish, by the drainer's name. */
    public Map<String, DrainerWish> wishes() {
        return content.wishes();
    }

    private Stream<Seen> seen(InstanceReport report) {
        return json.read(report.instance(), report.json()).map(view -> new Seen(view, report.at())).stream();
    }
}

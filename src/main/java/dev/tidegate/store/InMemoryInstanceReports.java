package dev.tidegate.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reports of the instances in one process, beside {@link InMemoryCircuitStore}. Thread-safe. */
public final class InMemoryInstanceReports implements InstanceReports {
    private record Kept(InstanceReport report, Instant end) {}

    private final InstantSource clock;
    private final Map<String, Kept> reports = new ConcurrentHashMap<>();

    public InMemoryInstanceReports(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void write(String instance, String json, Duration lasts) {
        Instant now = Storable.instant(clock.instant());
        reports.values().removeIf(kept -> !kept.end().isAfter(now));
        reports.put(instance, new Kept(new InstanceReport(instance, json, now), now.plus(lasts)));
    }

    @Override
    public List<InstanceReport> read() {
        Instant now = clock.instant();
        return reports.values().stream()
                .filter(kept -> kept.end().isAfter(now))
                .map(Kept::report)
                .sorted(Comparator.comparing(InstanceReport::instance))
                .toList();
    }

    @Override
    public void remove(String instance) {
        reports.remove(instance);
    }
}

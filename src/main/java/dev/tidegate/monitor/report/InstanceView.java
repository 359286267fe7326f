package dev.tidegate.monitor.report;

import dev.tidegate.drain.Drainer;
import dev.tidegate.drain.Drainers;
import dev.tidegate.guard.Circuit;
import dev.tidegate.guard.Circuits;
import dev.tidegate.publish.Publisher;
import dev.tidegate.publish.Publishers;
import jakarta.json.bind.annotation.JsonbCreator;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * One instance as it tells of itself: the content of its report row.
 *
 * @param settingsHash the same on two instances that have the same settings
 * @param circuits by name
 */
public record InstanceView(
        String instance,
        String version,
        Instant startedAt,
        String settingsHash,
        List<CircuitView> circuits,
        List<DrainerView> drainers,
        List<PublisherView> publishers) {
    public InstanceView {
        circuits = List.copyOf(circuits);
        drainers = List.copyOf(drainers);
        publishers = List.copyOf(publishers);
    }

    /**
     * From JSON. A JVM before 21 tells erased types for the constructor of a record that a newer compiler made, and the
     * lists' elements would come back as maps; a method's types are told in full by all.
     */
    @JsonbCreator
    public static InstanceView read(
            String instance,
            String version,
            Instant startedAt,
            String settingsHash,
            List<CircuitView> circuits,
            List<DrainerView> drainers,
            List<PublisherView> publishers) {
        return new InstanceView(instance, version, startedAt, settingsHash, circuits, drainers, publishers);
    }

    /** This instance at this moment, read from memory. */
    public static InstanceView of(ThisInstance self, Circuits circuits, Drainers drainers, Publishers publishers) {
        return new InstanceView(
                self.name(),
                self.version(),
                self.startedAt(),
                self.settingsHash(),
                circuits.all().stream()
                        .sorted(Comparator.comparing(Circuit::name))
                        .map(CircuitView::of)
                        .toList(),
                drainers.all().stream()
                        .map(Drainer::status)
                        .map(DrainerView::of)
                        .toList(),
                publishers.all().stream()
                        .map(Publisher::status)
                        .map(PublisherView::of)
                        .toList());
    }
}

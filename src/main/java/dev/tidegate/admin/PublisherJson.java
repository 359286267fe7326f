package dev.tidegate.admin;

import dev.tidegate.monitor.report.PublisherView;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One publisher of the whole fleet. Counts are sums over the instances since each one's start. */
public record PublisherJson(
        String name,
        String topic,
        String circuit,
        long acknowledged,
        long failed,
        long refused,
        int inFlight,
        @Nullable String lastError,
        List<InstanceJson> instances) {
    /** The publisher on one instance. */
    public record InstanceJson(
            String instance,
            long acknowledged,
            long failed,
            long refused,
            int inFlight,
            @Nullable String lastError,
            Instant lastSeen) {}

    /** @param parts at least one, of one publisher */
    static PublisherJson of(List<OnInstance<PublisherView>> parts) {
        PublisherView first = parts.get(0).view();
        List<InstanceJson> instances =
                parts.stream().map(PublisherJson::instance).toList();
        return new PublisherJson(
                first.name(),
                first.topic(),
                first.circuit(),
                instances.stream().mapToLong(InstanceJson::acknowledged).sum(),
                instances.stream().mapToLong(InstanceJson::failed).sum(),
                instances.stream().mapToLong(InstanceJson::refused).sum(),
                instances.stream().mapToInt(InstanceJson::inFlight).sum(),
                instances.stream()
                        .map(InstanceJson::lastError)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                instances);
    }

    private static InstanceJson instance(OnInstance<PublisherView> part) {
        PublisherView view = part.view();
        return new InstanceJson(
                part.instance(),
                view.acknowledged(),
                view.failed(),
                view.refused(),
                view.inFlight(),
                view.lastError(),
                part.at());
    }
}

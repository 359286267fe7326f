package dev.tidegate.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Registers meters and knows which, so that an application that stops leaves none behind. Not thread-safe. */
final class Registered {
    private final MetricRegistry registry;
    private final List<MetricID> ids = new ArrayList<>();

    Registered(MetricRegistry registry) {
        this.registry = registry;
    }

    void gauge(Meter meter, Supplier<Number> value, Tag... tags) {
        registry.gauge(meter.metadata(), value, tags);
        ids.add(new MetricID(meter.exported(), tags));
    }

    Total total(Meter meter, Tag... tags) {
        ids.add(new MetricID(meter.exported(), tags));
        return new Total(registry.counter(meter.metadata(), tags));
    }

    void removeAll() {
        ids.forEach(registry::remove);
        ids.clear();
    }
}

package dev.tidegate.metrics;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Gauge;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** The three calls of a metric registry that meters use; any other is a bug. */
final class FakeRegistry implements InvocationHandler {
    private final Map<MetricID, Supplier<Number>> meters = new TreeMap<>();

    MetricRegistry registry() {
        return (MetricRegistry) Proxy.newProxyInstance(
                FakeRegistry.class.getClassLoader(), new Class<?>[] {MetricRegistry.class}, this);
    }

    Map<MetricID, Supplier<Number>> meters() {
        return meters;
    }

    double value(String name, Tag... tags) {
        Supplier<Number> meter = meters.get(new MetricID(name, tags));
        if (meter == null) {
            throw new AssertionError("no meter " + new MetricID(name, tags) + " in " + meters.keySet());
        }
        return meter.get().doubleValue();
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object invoke(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "gauge" -> gauge((Metadata) arguments[0], (Supplier<Number>) arguments[1], (Tag[]) arguments[2]);
            case "counter" -> counter((Metadata) arguments[0], (Tag[]) arguments[1]);
            case "remove" -> meters.remove((MetricID) arguments[0]) != null;
            default -> throw new UnsupportedOperationException(method.toString());
        };
    }

    private Gauge<Number> gauge(Metadata metadata, Supplier<Number> value, Tag[] tags) {
        put(new MetricID(metadata.getName(), tags), value);
        return value::get;
    }

    private Counter counter(Metadata metadata, Tag[] tags) {
        Count count = new Count();
        put(new MetricID(metadata.getName(), tags), count::getCount);
        return count;
    }

    private void put(MetricID id, Supplier<Number> value) {
        if (meters.put(id, value) != null) {
            throw new AssertionError(id + " was registered twice");
        }
    }

    private static final class Count implements Counter {
        private long count;

        @Override
        public void inc() {
            count++;
        }

        @Override
        public void inc(long by) {
            count += by;
        }

        @Override
        public long getCount() {
            return count;
        }
    }
}

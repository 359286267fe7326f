package dev.tidegate.benchmark.drain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Confluent's parallel consumer, with the Kafka client that it was compiled against. */
final class ParallelConsumer implements Contender {
    // All that the others drain would take it minutes.
    private static final int PART = 10;

    private final BiFunction<Map<String, Object>, Runnable, AutoCloseable> polls;

    /** @param jars the directory with its classes */
    @SuppressWarnings("unchecked")
    ParallelConsumer(Path jars) {
        try {
            polls = (BiFunction<Map<String, Object>, Runnable, AutoCloseable>) new PeerClasses(jars)
                    .loadClass(ParallelPoll.class.getName())
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String name() {
        return "parallel-consumer";
    }

    @Override
    public double drain(Load load, Work work, String group) throws Exception {
        Arrivals arrivals = new Arrivals();
        List<AutoCloseable> open = new ArrayList<>();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        // Kafka finds its deserialisers by it.
        Thread.currentThread().setContextClassLoader(polls.getClass().getClassLoader());
        try {
            for (String topic : load.topics()) {
                Map<String, Object> properties = new HashMap<>(load.consumer(group + topic));
                properties.put("topic", topic);
                properties.put("concurrency", work.concurrency());
                open.add(polls.apply(properties, () -> {
                    work.handle();
                    arrivals.note();
                }));
            }
            return arrivals.perSecondOf(work.millis() == 0 ? load.records() / PART : load.records());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
            for (AutoCloseable each : open) {
                each.close();
            }
        }
    }
}

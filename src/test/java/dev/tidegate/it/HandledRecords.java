package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.drain.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The oracle: what processors say they handled, in the order in which they said it. Thread-safe. */
public final class HandledRecords {
    private record Handled(String key, String topic, int partition, long offset, String value) {
        String place() {
            return topic + ":" + partition;
        }
    }

    private final Queue<Handled> handled = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Map<Integer, Set<Long>> offsets = new ConcurrentHashMap<>();

    public void add(Delivery delivery) {
        handled.add(new Handled(
                text(delivery.key()),
                delivery.topic(),
                delivery.partition(),
                delivery.offset(),
                text(delivery.value())));
        offsets.computeIfAbsent(delivery.partition(), partition -> ConcurrentHashMap.newKeySet())
                .add(delivery.offset());
        count.incrementAndGet();
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
    }

    public int count() {
        return count.get();
    }

    /** How often records whose value begins so were handled, repetitions included. */
    public long countOf(String prefix) {
        return handled.stream()
                .filter(record -> record.value().startsWith(prefix))
                .count();
    }

    public Set<String> values() {
        Set<String> values = new TreeSet<>();
        handled.forEach(record -> values.add(record.value()));
        return values;
    }

    /** What was handled, each once, as {@code partition:offset}. */
    public Set<String> places() {
        Set<String> places = new TreeSet<>();
        offsets.forEach((partition, all) -> all.forEach(offset -> places.add(partition + ":" + offset)));
        return places;
    }

    /** How many of that partition's offsets below that one were handled. */
    public long below(int partition, long offset) {
        return offsets.getOrDefault(partition, Set.of()).stream()
                .filter(at -> at < offset)
                .count();
    }

    /** The offsets of that partition in the order in which they were handled, from that one in the whole list on. */
    public List<Long> offsetsOf(int partition, int from) {
        return handled.stream()
                .skip(from)
                .filter(record -> record.partition() == partition)
                .map(Handled::offset)
                .toList();
    }

    /** First handled in order, by key: what comes again after a rebalance may go back, but never skips. */
    public void assertFirstTimesAreInOrderPerKey() {
        Map<String, Set<Long>> all = new HashMap<>();
        for (Handled record : handled) {
            all.computeIfAbsent(record.place() + "/" + record.key(), key -> new LinkedHashSet<>())
                    .add(record.offset());
        }
        all.forEach(
                (key, seen) -> assertThat(List.copyOf(seen)).as("key %s", key).isSorted());
    }
}

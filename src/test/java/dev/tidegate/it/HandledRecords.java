package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.drain.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** The oracle: what processors say they handled, in the order in which they said it. */
final class HandledRecords {
    private record Handled(String key, int partition, long offset, String value) {}

    private final List<Handled> handled = new CopyOnWriteArrayList<>();

    void add(Delivery delivery) {
        handled.add(new Handled(
                new String(delivery.key(), StandardCharsets.UTF_8),
                delivery.partition(),
                delivery.offset(),
                new String(delivery.value(), StandardCharsets.UTF_8)));
    }

    int count() {
        return handled.size();
    }

    /** How often records whose value begins so were handled, repetitions included. */
    long countOf(String prefix) {
        return handled.stream()
                .filter(record -> record.value().startsWith(prefix))
                .count();
    }

    Set<String> values() {
        Set<String> values = new TreeSet<>();
        handled.forEach(record -> values.add(record.value()));
        return values;
    }

    /** First handled in order, by key: what comes again after a rebalance may go back, but never skips. */
    void assertFirstTimesAreInOrderPerKey() {
        Map<String, List<Long>> all = new HashMap<>();
        for (Handled record : handled) {
            List<Long> seen = all.computeIfAbsent(record.key(), key -> new CopyOnWriteArrayList<>());
            if (!seen.contains(record.offset())) {
                seen.add(record.offset());
            }
        }
        all.forEach((key, offsets) -> assertThat(offsets).as("key %s", key).isSorted());
    }
}

package dev.tidegate.it;

import dev.tidegate.drain.Delivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The oracle for partitions that change hands: what each member says that it handled, in the order in which it said so. The
 * next owner of a partition must begin at the first record that the one before it did not settle: later would be a loss,
 * earlier would handle again what was below the lowest unsettled record. Thread-safe.
 */
final class HandOvers {
    private record Handled(String member, int partition, long offset) {}

    private final ConcurrentLinkedQueue<Handled> handled = new ConcurrentLinkedQueue<>();

    void add(String member, Delivery delivery) {
        handled.add(new Handled(member, delivery.partition(), delivery.offset()));
    }

    long countOf(String member) {
        return handled.stream().filter(one -> one.member().equals(member)).count();
    }

    long distinct() {
        return handled.stream()
                .map(one -> one.partition() + ":" + one.offset())
                .distinct()
                .count();
    }

    long repeated() {
        return handled.size() - distinct();
    }

    /** What was not as it must be, in words. */
    List<String> wrong() {
        Map<Integer, List<Handled>> byPartition = new HashMap<>();
        handled.forEach(one -> byPartition
                .computeIfAbsent(one.partition(), partition -> new ArrayList<>())
                .add(one));
        List<String> wrong = new ArrayList<>();
        byPartition.values().forEach(ofOne -> follow(ofOne, wrong));
        return wrong;
    }

    private static void follow(List<Handled> ofOne, List<String> wrong) {
        long expected = 0;
        int at = 0;
        while (at < ofOne.size()) {
            String owner = ofOne.get(at).member();
            TreeSet<Long> offsets = new TreeSet<>();
            while (at < ofOne.size() && ofOne.get(at).member().equals(owner)) {
                offsets.add(ofOne.get(at).offset());
                at++;
            }
            if (offsets.first() != expected) {
                wrong.add(owner + " began partition " + ofOne.get(0).partition() + " at " + offsets.first()
                        + " instead of " + expected);
            }
            expected = offsets.first();
            while (offsets.contains(expected)) {
                expected++;
            }
        }
    }
}

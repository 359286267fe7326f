package dev.tidegate.bench;

import dev.tidegate.demo.downstream.Call;
import dev.tidegate.demo.downstream.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Records that the downstream handled twice, and whether each had a reason: one below it that was not settled yet. */
public final class Repeats {
    private final Map<String, List<Call>> first = new HashMap<>();
    private final List<Call> again = new ArrayList<>();

    private Repeats(List<Call> calls) {
        Map<String, Call> seen = new HashMap<>();
        calls.stream()
                .filter(call -> call.outcome() == Outcome.DONE)
                .sorted(Comparator.comparingLong(Call::startNanos))
                .forEach(call -> {
                    if (seen.putIfAbsent(call.id(), call) == null) {
                        first.computeIfAbsent(partitionOf(call), partition -> new ArrayList<>())
                                .add(call);
                    } else {
                        again.add(call);
                    }
                });
    }

    public static Repeats in(List<Call> calls) {
        return new Repeats(calls);
    }

    public int count() {
        return again.size();
    }

    /** The ids of those that nothing below them can explain. */
    public List<String> withoutReason() {
        return again.stream()
                .filter(repeated -> !hasReason(repeated))
                .map(Call::id)
                .toList();
    }

    // One with a lower offset was handled for the first time only after this one was, so at the hand-over it was
    // unsettled.
    private boolean hasReason(Call repeated) {
        List<Call> ofPartition = first.getOrDefault(partitionOf(repeated), List.of());
        long handled = ofPartition.stream()
                .filter(call -> call.id().equals(repeated.id()))
                .mapToLong(Call::endNanos)
                .findFirst()
                .orElseThrow();
        return ofPartition.stream()
                .anyMatch(lower -> offsetOf(lower) < offsetOf(repeated) && lower.endNanos() > handled);
    }

    private static long offsetOf(Call call) {
        return Long.parseLong(call.id().substring(call.id().lastIndexOf(':') + 1));
    }

    private static String partitionOf(Call call) {
        return call.id().substring(0, call.id().lastIndexOf(':'));
    }
}

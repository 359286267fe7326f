package dev.tidegate.bench;

import dev.tidegate.demo.downstream.Call;
import dev.tidegate.demo.downstream.Outcome;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether the records of each key were handled in the order of their offsets, as the downstream saw them. */
public final class KeyOrder {
    private KeyOrder() {}

    /** Keys whose successful calls, each record's first, did not begin in the order of their offsets. */
    public static Set<String> broken(List<Call> calls) {
        Map<String, Long> lastOffset = new HashMap<>();
        Set<String> seen = new HashSet<>();
        Set<String> wrong = new HashSet<>();
        calls.stream()
                .filter(call -> call.outcome() == Outcome.DONE)
                .sorted(Comparator.comparingLong(Call::startNanos))
                .filter(call -> seen.add(call.id()))
                .forEach(call -> {
                    long offset = Long.parseLong(call.id().substring(call.id().lastIndexOf(':') + 1));
                    Long before = lastOffset.put(String.valueOf(call.key()), offset);
                    if (before != null && before > offset) {
                        wrong.add(call.key() + ": " + offset + " after " + before);
                    }
                });
        return wrong;
    }
}

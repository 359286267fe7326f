package dev.tidegate.demo.downstream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The ended calls of one downstream: all counted, the latest kept. Thread-safe. */
final class CallLog {
    private final int kept;
    private final Deque<Call> latest = new ArrayDeque<>();
    private final Map<Outcome, Long> byOutcome = new EnumMap<>(Outcome.class);
    private final DistinctIds ids;
    private final DistinctIds done;

    CallLog(Limits limits) {
        this.kept = limits.callsKept();
        this.ids = new DistinctIds(limits.idsKept());
        this.done = new DistinctIds(limits.idsKept());
    }

    synchronized void add(Call call) {
        byOutcome.merge(call.outcome(), 1L, Long::sum);
        ids.add(call.id());
        if (call.outcome() == Outcome.DONE) {
            done.add(call.id());
        }
        latest.addLast(call);
        if (latest.size() > kept) {
            latest.removeFirst();
        }
    }

    /** In the order in which they ended. */
    synchronized List<Call> calls() {
        return List.copyOf(latest);
    }

    synchronized Counts counts(int open) {
        return new Counts(byOutcome, open, ids.count(), done.count());
    }
}

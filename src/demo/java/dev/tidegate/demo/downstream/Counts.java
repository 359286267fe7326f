package dev.tidegate.demo.downstream;

import java.util.EnumMap;
import java.util.Map;

/**
 * Numbers of a downstream since it began.
 *
 * @param open calls that have not ended
 * @param distinctIds ids seen in ended calls
 * @param distinctDone ids answered with 200 at least once; the difference to the DONE calls are repetitions
 */
public record Counts(Map<Outcome, Long> byOutcome, int open, long distinctIds, long distinctDone) {
    public Counts {
        Map<Outcome, Long> all = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            all.put(outcome, byOutcome.getOrDefault(outcome, 0L));
        }
        byOutcome = Map.copyOf(all);
    }

    /** Calls that ended this way. */
    public long of(Outcome outcome) {
        return byOutcome.getOrDefault(outcome, 0L);
    }

    /** All calls that have ended. */
    public long ended() {
        return byOutcome.values().stream().mapToLong(Long::longValue).sum();
    }
}

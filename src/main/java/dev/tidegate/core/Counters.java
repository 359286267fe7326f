package dev.tidegate.core;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What one circuit counted on this instance since the start. Only grows. Thread-safe. */
public final class Counters {
    final LongAdder successes = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder neutrals = new LongAdder();
    final LongAdder inconclusives = new LongAdder();
    final LongAdder slows = new LongAdder();
    final LongAdder lates = new LongAdder();
    final LongAdder spared = new LongAdder();
    final LongAdder probes = new LongAdder();
    private final Map<RefusalReason, LongAdder> refused = new EnumMap<>(RefusalReason.class);

    Counters() {
        for (RefusalReason reason : RefusalReason.values()) {
            refused.put(reason, new LongAdder());
        }
    }

    void refuse(RefusalReason reason) {
        adderOf(reason).increment();
    }

    public long successes() {
        return successes.sum();
    }

    public long failures() {
        return failures.sum();
    }

    public long neutrals() {
        return neutrals.sum();
    }

    public long inconclusives() {
        return inconclusives.sum();
    }

    /** Calls that took as long as a slow call does, however they ended; none while slow calls are off. */
    public long slows() {
        return slows.sum();
    }

    /** Results that arrived after the circuit had moved on, and so changed nothing. */
    public long lates() {
        return lates.sum();
    }

    /** Calls that the automatics would have refused, let through because the circuit is bypassed or observing. */
    public long spared() {
        return spared.sum();
    }

    public long probes() {
        return probes.sum();
    }

    public long refused(RefusalReason reason) {
        return adderOf(reason).sum();
    }

    private LongAdder adderOf(RefusalReason reason) {
        return Objects.requireNonNull(refused.get(reason));
    }
}

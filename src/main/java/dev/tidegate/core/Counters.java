package dev.tidegate.core;

import java.util.concurrent.atomic.LongAdder;

/** What one circuit counted on this instance since the start. Only grows. Thread-safe. */
public final class Counters {
    final LongAdder successes = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder neutrals = new LongAdder();
    final LongAdder inconclusives = new LongAdder();
    final LongAdder lates = new LongAdder();
    final LongAdder probes = new LongAdder();
    private final LongAdder[] refused = new LongAdder[RefusalReason.values().length];

    Counters() {
        for (int i = 0; i < refused.length; i++) {
            refused[i] = new LongAdder();
        }
    }

    void refuse(RefusalReason reason) {
        refused[reason.ordinal()].increment();
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

    /** Results that arrived after the circuit had moved on, and so changed nothing. */
    public long lates() {
        return lates.sum();
    }

    public long probes() {
        return probes.sum();
    }

    public long refused(RefusalReason reason) {
        return refused[reason.ordinal()].sum();
    }
}

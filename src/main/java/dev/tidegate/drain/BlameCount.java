package dev.tidegate.drain;

/**
 * How many failed attempts count against one record. An attempt counts only if the downstream succeeded for something else
 * since the record's last attempt: an outage uses nothing up. Guarded by the drainer's turn.
 */
final class BlameCount {
    private boolean begun;
    private long successesSeen;
    private int counted;

    /** An attempt begins; {@code successes} is what the downstream did well so far on this instance. */
    void begin(long successes) {
        if (!begun) {
            begun = true;
            successesSeen = successes;
        }
    }

    /** The attempt failed; returns how many failures count by now. */
    int failed(long successes) {
        if (successes > successesSeen) {
            counted++;
        }
        successesSeen = successes;
        return counted;
    }
}

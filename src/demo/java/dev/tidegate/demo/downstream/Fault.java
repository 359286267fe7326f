package dev.tidegate.demo.downstream;

import java.time.Duration;

/**
 * How a downstream misbehaves.
 *
 * @param status of the answers in {@link Mode#ERROR}, 300 to 599
 * @param ratio of the calls that meet the fault, 0 to 1; the others are handled
 * @param delay before the answer in {@link Mode#SLOW}, at most ten minutes
 */
public record Fault(Mode mode, int status, double ratio, Duration delay) {
    static final int DEFAULT_STATUS = 503;
    static final Duration DEFAULT_DELAY = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** No fault. */
    public static final Fault NONE = new Fault(Mode.NONE, DEFAULT_STATUS, 1, DEFAULT_DELAY);

    public Fault {
        if (status < 300 || status > 599) {
            throw new IllegalArgumentException(
                    "status is " + status + ", but a fault answers with 300 to 599 (400 rejects, 503 fails)");
        }
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException("ratio is " + ratio + ", but allowed is 0 (no call) to 1 (every call)");
        }
        if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("delay is " + delay + ", but allowed is PT0S to " + LONGEST);
        }
    }

    /** Every call is answered with this status. */
    public static Fault error(int status) {
        return new Fault(Mode.ERROR, status, 1, DEFAULT_DELAY);
    }

    /** No call is answered. */
    public static Fault hang() {
        return new Fault(Mode.HANG, DEFAULT_STATUS, 1, DEFAULT_DELAY);
    }

    /** Every call is handled late. */
    public static Fault slow(Duration delay) {
        return new Fault(Mode.SLOW, DEFAULT_STATUS, 1, delay);
    }

    /** Every connection is closed without an answer. */
    public static Fault refuse() {
        return new Fault(Mode.REFUSE, DEFAULT_STATUS, 1, DEFAULT_DELAY);
    }

    /** The same fault for a part of the calls. */
    public Fault withRatio(double part) {
        return new Fault(mode, status, part, delay);
    }
}

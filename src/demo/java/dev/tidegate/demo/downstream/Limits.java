package dev.tidegate.demo.downstream;

/**
 * Bounds of a downstream's memory, for each name.
 *
 * @param callsKept ended calls that can be read
 * @param idsKept ids remembered to tell repetitions from new ones
 * @param openCalls calls that may hang or wait at a time; further ones are answered with 503
 */
public record Limits(int callsKept, int idsKept, int openCalls) {
    /** The latest 100 calls, as long as it may run. */
    public static final Limits DEMO = new Limits(100, 100_000, 1000);

    /** Keeps everything: for a test, which ends. */
    public static final Limits ORACLE = new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE, 10_000);

    public Limits {
        requirePositive("callsKept", callsKept);
        requirePositive("idsKept", idsKept);
        requirePositive("openCalls", openCalls);
    }

    private static void requirePositive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " is " + value + ", but at least 1 is needed");
        }
    }
}

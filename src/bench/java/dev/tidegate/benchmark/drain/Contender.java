package dev.tidegate.benchmark.drain;

/** A way to drain topics: one consumer for each topic, in one group. */
interface Contender {
    String name();

    /**
     * Drains all of the load with a group that nobody used before, and ends what it began.
     *
     * @return records in a second, from the first one on
     */
    double drain(Load load, Work work, String group) throws Exception;
}

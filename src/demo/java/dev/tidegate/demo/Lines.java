package dev.tidegate.demo;

import java.util.List;

/** The topics of the demo, each with a drainer and a circuit of its name. */
final class Lines {
    static final List<String> NAMES = List.of("orders", "payments", "shipping", "stock", "mail");

    /** Partitions of every topic: more than one instance gets some of each. */
    static final int PARTITIONS = 6;

    private Lines() {}

    /** The publisher, and its topic, to which the results of a line go. */
    static String done(String line) {
        return line + "-done";
    }
}

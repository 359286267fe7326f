package dev.tidegate.metrics;

import org.eclipse.microprofile.metrics.Counter;

/** A counter that follows a figure which is counted elsewhere and only grows. Not thread-safe. */
final class Total {
    private final Counter counter;
    private long last;

    Total(Counter counter) {
        this.counter = counter;
    }

    void follow(long figure) {
        if (figure > last) {
            counter.inc(figure - last);
            last = figure;
        }
    }
}

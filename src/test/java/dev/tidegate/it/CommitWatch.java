package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reads from outside what a group committed, ten times a second: no offset goes back, and every record below one was
 * handled before. For topics whose offsets have no gaps.
 */
final class CommitWatch implements AutoCloseable {
    private static final int EVERY_MILLIS = 100;

    private final DrainedTopic topic;
    private final HandledRecords handled;
    private final Map<Integer, Long> latest = new HashMap<>();
    private final Queue<String> wentBack = new ConcurrentLinkedQueue<>();
    private final Queue<String> unhandled = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    CommitWatch(DrainedTopic topic, HandledRecords handled) {
        this.topic = topic;
        this.handled = handled;
        Future<?> unused =
                clock.scheduleWithFixedDelay(this::sample, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sample() {
        try {
            // In this order: what is committed was handled before.
            topic.committed().forEach(this::compare);
        } catch (IllegalStateException brokerIsAway) {
            return;
        }
    }

    private void compare(int partition, long offset) {
        Long before = latest.put(partition, offset);
        if (before != null && before > offset) {
            wentBack.add("partition " + partition + " went back from " + before + " to " + offset);
        }
        long below = handled.below(partition, offset);
        if (below < offset) {
            unhandled.add(
                    "partition " + partition + " is committed at " + offset + " with " + below + " handled below");
        }
    }

    void assertNeverBack() {
        assertThat(wentBack).as("commits that went back").isEmpty();
    }

    void assertOfHandledOnly() {
        assertThat(unhandled).as("commits above records not handled").isEmpty();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}

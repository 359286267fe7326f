package dev.tidegate.drain;

import dev.tidegate.drain.OffsetLedger.CommitPoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Commits what is contiguous. At most one asynchronous commit is on its way, and each is made from the ledgers as they are
 * then, so that no commit can take another one back. For the poll thread alone.
 */
final class Committer {
    private static final System.Logger LOG = System.getLogger(Committer.class.getName());

    private final Consumer<byte[], byte[]> consumer;
    private final DrainState state;
    private long lastNanos;
    private boolean onItsWay;
    private @Nullable Exception fatal;

    Committer(Consumer<byte[], byte[]> consumer, DrainState state) {
        this.consumer = consumer;
        this.state = state;
        this.lastNanos = state.ticker.nanos();
    }

    /** Throws what a commit met that no later commit can mend. */
    void throwFatal() {
        Exception met = fatal;
        if (met instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (met != null) {
            throw new KafkaException(met);
        }
    }

    void commitIfDue() {
        DrainerSettings settings = state.settings;
        boolean isTime =
                state.ticker.nanos() - lastNanos >= settings.commitInterval().toNanos();
        boolean isCount = state.turn.peek(state::settledSinceCommit) >= settings.commitRecords();
        if (onItsWay || !(isTime || isCount)) {
            return;
        }
        Map<OwnedPartition, CommitPoint> points = state.turn.peek(this::takePoints);
        lastNanos = state.ticker.nanos();
        if (points.isEmpty()) {
            return;
        }
        onItsWay = true;
        consumer.commitAsync(offsets(points), (offsets, error) -> {
            onItsWay = false;
            if (error == null) {
                state.turn.run(() -> acknowledge(points));
            } else {
                failed(error);
            }
        });
    }

    private void failed(Exception error) {
        LOG.log(
                System.Logger.Level.DEBUG,
                () -> "drainer " + state.settings.name() + ": a commit was not acknowledged, a later one contains it: "
                        + error);
        if (PollFault.isFatal(error)) {
            fatal = error;
        }
    }

    private Map<OwnedPartition, CommitPoint> takePoints() {
        state.takeSettled();
        Map<OwnedPartition, CommitPoint> points = new HashMap<>();
        for (OwnedPartition owner : state.owned()) {
            Optional<CommitPoint> due = owner.ledger().due();
            due.ifPresent(point -> points.put(owner, point));
        }
        return points;
    }

    private void acknowledge(Map<OwnedPartition, CommitPoint> points) {
        points.forEach((owner, point) -> {
            owner.ledger().acknowledge(point);
            state.remeasure(owner);
        });
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Map<OwnedPartition, CommitPoint> points) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        points.forEach((owner, point) -> offsets.put(
                owner.partition,
                new OffsetAndMetadata(
                        point.offset(), Optional.ofNullable(point.leaderEpoch()), CommitNote.of(owner.topicId()))));
        return offsets;
    }

    /** Commits what is contiguous and waits for the acknowledgement. What fails is handled again by the next owner. */
    void commitNow(Duration atMost) {
        Map<OwnedPartition, CommitPoint> points = state.turn.peek(this::takePoints);
        if (points.isEmpty()) {
            return;
        }
        long end = state.ticker.nanos() + atMost.toNanos();
        while (true) {
            long left = end - state.ticker.nanos();
            try {
                consumer.commitSync(offsets(points), Duration.ofNanos(Math.max(0, left)));
                state.turn.run(() -> acknowledge(points));
                return;
            } catch (WakeupException early) {
                // Sent before this began; the commit may not have gone out, and doing it twice is harmless.
                if (left <= 0) {
                    return;
                }
            } catch (KafkaException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "drainer {0}: {1} partitions were given up without their last commit: {2}",
                        state.settings.name(),
                        points.size(),
                        e);
                return;
            }
        }
    }
}

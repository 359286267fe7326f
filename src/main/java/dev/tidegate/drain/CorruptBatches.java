package dev.tidegate.drain;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Stops a partition alone whose next batch cannot be read, and looks from time to time whether it still cannot: its log may
 * have been cut past it. For the poll thread alone.
 */
final class CorruptBatches {
    private static final System.Logger LOG = System.getLogger(CorruptBatches.class.getName());
    private static final Duration BETWEEN_TRIALS = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final DrainState state;

    CorruptBatches(Consumer<byte[], byte[]> consumer, DrainState state) {
        this.consumer = consumer;
        this.state = state;
    }

    void met(TopicPartition partition, KafkaException error) {
        long offset = consumer.position(partition);
        state.turn.run(() -> {
            OwnedPartition owner = state.find(partition);
            if (owner == null) {
                return;
            }
            if (owner.corruptOffset() != offset) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "TIDEGATE2003 drainer {0}: {1} stops at offset {2}: corrupt batch ({3}). Nothing is skipped by itself: repair"
                                + " the replica, delete the records up to behind the batch, or skip past it. The other"
                                + " partitions go on.",
                        state.settings.name(),
                        partition,
                        offset,
                        error);
            }
            owner.corruptAt(offset, state.ticker.nanos() + BETWEEN_TRIALS.toNanos());
            state.board.add(owner, PauseCause.CORRUPT);
        });
    }

    /** Fetches those again whose time has come. */
    void tryAgain() {
        List<TopicPartition> due = state.turn.peek(() -> {
            long now = state.ticker.nanos();
            return state.owned().stream()
                    .filter(owner -> owner.isTrialDue(now))
                    .map(owner -> {
                        owner.tryAgain();
                        return owner.partition;
                    })
                    .toList();
        });
        // A seek throws away what was fetched, or the client would tell of its old copy for ever.
        due.forEach(partition -> consumer.seek(partition, consumer.position(partition)));
    }
}

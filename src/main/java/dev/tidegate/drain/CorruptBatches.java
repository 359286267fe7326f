package dev.tidegate.drain;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Stops a partition alone whose next batch cannot be read, until the log was cut past it. It is not fetched meanwhile: the
 * client would only tell of its own copy again. For the poll thread alone.
 */
final class CorruptBatches {
    /** Where a partition's log begins, as far as the broker told. */
    interface Begins {
        @Nullable
        Long of(OwnedPartition owner);
    }

    private static final System.Logger LOG = System.getLogger(CorruptBatches.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final DrainState state;
    private final Begins begins;

    CorruptBatches(Consumer<byte[], byte[]> consumer, DrainState state, Begins begins) {
        this.consumer = consumer;
        this.state = state;
        this.begins = begins;
    }

    void met(TopicPartition partition, KafkaException error) {
        long offset;
        try {
            offset = consumer.position(partition, PATIENCE);
        } catch (RetriableException | WakeupException later) {
            // The next poll meets the batch again.
            return;
        }
        state.turn.run(() -> {
            OwnedPartition owner = state.find(partition);
            if (owner == null) {
                return;
            }
            if (owner.corruptOffset() != offset) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "TIDEGATE4003 drainer {0}: {1} stops at offset {2}: corrupt batch ({3}). Nothing is skipped by"
                                + " itself: skip to behind the batch, delete the records up to there, or repair the replica"
                                + " and start this instance again. The other partitions go on.",
                        state.settings.name(),
                        partition,
                        offset,
                        error);
            }
            owner.corruptAt(offset);
            state.board.add(owner, PauseCause.CORRUPT);
        });
    }

    /** Goes on with partitions whose log was cut past their corrupt batch, or that an operator lets go on. */
    void goOn() {
        Map<OwnedPartition, Long> cut = state.turn.peek(this::cut);
        cut.forEach((owner, begin) -> {
            consumer.seek(owner.partition, begin);
            state.turn.run(() -> state.board.remove(owner, PauseCause.CORRUPT));
            LOG.log(
                    System.Logger.Level.WARNING,
                    "TIDEGATE4003 drainer {0}: {1} goes on at offset {2}: its log was cut, or an operator let it go, past the"
                            + " corrupt batch at {3}",
                    state.settings.name(),
                    owner.partition,
                    begin,
                    owner.corruptOffset());
        });
    }

    private Map<OwnedPartition, Long> cut() {
        Map<OwnedPartition, Long> cut = new HashMap<>();
        for (OwnedPartition owner : state.owned()) {
            Long begin = begins.of(owner);
            long goOn = Math.max(begin == null ? -1 : begin, owner.behind());
            if (owner.causes().contains(PauseCause.CORRUPT) && goOn > owner.corruptOffset()) {
                cut.put(owner, goOn);
            }
        }
        return cut;
    }
}

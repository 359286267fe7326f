package dev.tidegate.drain;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Brings in what the consumer got, partitions and records, and lets go of what it lost. Each method is one turn. */
final class Intake {
    private static final System.Logger LOG = System.getLogger(Intake.class.getName());

    private final DrainState state;
    private final OutputGate output;
    private final DeadLetterDesk deadLetters;
    private final TopicIds topicIds;
    private boolean joined;

    Intake(DrainState state, OutputGate output, DeadLetterDesk deadLetters, TopicIds topicIds) {
        this.state = state;
        this.output = output;
        this.deadLetters = deadLetters;
        this.topicIds = topicIds;
    }

    /** The group gave this member its place, with or without partitions. */
    void joined() {
        state.turn.run(this::join);
    }

    private void join() {
        state.touchIf(!joined);
        joined = true;
    }

    boolean isJoined() {
        return joined;
    }

    /** Nothing of theirs is fetched before they are admitted: where they begin is not known yet. */
    void assigned(Collection<TopicPartition> partitions) {
        state.turn.run(() -> {
            join();
            for (TopicPartition partition : partitions) {
                OwnedPartition former = state.find(partition);
                if (former != null) {
                    drop(former);
                }
                state.fresh(partition);
            }
        });
    }

    /** From now on nothing more of them is handed over. */
    void close(Collection<TopicPartition> partitions) {
        state.turn.run(() -> each(partitions, OwnedPartition::close));
    }

    /** Whether nobody works on a record of theirs. */
    boolean isQuiet(Collection<TopicPartition> partitions) {
        int[] active = new int[1];
        each(partitions, owner -> active[0] += owner.active());
        return active[0] == 0;
    }

    void drop(Collection<TopicPartition> partitions) {
        state.turn.run(() -> each(partitions, this::drop));
    }

    private void drop(OwnedPartition owner) {
        state.drop(owner);
        output.forgetDropped();
        deadLetters.forget(owner);
    }

    private void each(Collection<TopicPartition> partitions, java.util.function.Consumer<OwnedPartition> step) {
        for (TopicPartition partition : partitions) {
            OwnedPartition owner = state.find(partition);
            if (owner != null) {
                step.accept(owner);
            }
        }
    }

    /** Takes what was polled; returns where the consumer must go back to, for what could not be taken. */
    Map<TopicPartition, Long> accept(ConsumerRecords<byte[], byte[]> polled) {
        if (polled.isEmpty() && polled.nextOffsets().isEmpty()) {
            return Map.of();
        }
        return state.turn.call(() -> {
            Map<TopicPartition, Long> refused = new HashMap<>();
            for (TopicPartition partition : polled.partitions()) {
                List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
                OwnedPartition owner = state.find(partition);
                long first = records.get(0).offset();
                if (owner == null || !owner.isAdmitted()) {
                    refused.put(partition, first);
                } else if (owner.ledger().isBehind(first)) {
                    beginAgain(owner, first);
                    refused.put(partition, first);
                } else {
                    accept(records, owner);
                }
            }
            polled.nextOffsets().forEach((partition, next) -> {
                OwnedPartition owner = state.find(partition);
                if (owner != null && owner.isAdmitted()) {
                    owner.ledger().advanceTo(next.offset());
                }
            });
            return refused;
        });
    }

    private void accept(List<ConsumerRecord<byte[], byte[]>> records, OwnedPartition owner) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            OffsetLedger.Entry entry =
                    owner.ledger().accept(record.offset(), record.leaderEpoch().orElse(null));
            owner.took(state.lanes.add(record, owner, entry));
        }
        state.touchIf(owner.causes().contains(PauseCause.BACKPRESSURE));
    }

    // The client was sent back by its reset policy: the partition was cut below its position, or made anew. Which of
    // the
    // two, its topic's id will tell; until then nothing of it is taken.
    private void beginAgain(OwnedPartition former, long first) {
        LOG.log(
                System.Logger.Level.WARNING,
                "drainer {0}: {1} begins again at offset {2}, below its position {3}: its log was cut or the topic made"
                        + " anew",
                state.settings.name(),
                former.partition,
                first,
                former.ledger().position());
        drop(former);
        topicIds.forget(former.partition.topic());
        state.fresh(former.partition).wentBack();
    }

    /** Inside a turn: drops what is held of that partition and begins with an empty ledger. */
    OwnedPartition again(OwnedPartition former, Uuid topicId) {
        drop(former);
        OwnedPartition again = state.fresh(former.partition);
        again.admit(topicId, null);
        state.ownershipChanged();
        return again;
    }

    /** Which of these partitions the consumer may fetch. */
    Set<TopicPartition> fetched(Collection<TopicPartition> assigned, boolean isStarving) {
        return state.turn.peek(() -> {
            Set<TopicPartition> fetched = new HashSet<>();
            each(assigned, owner -> {
                if (state.board.isFetched(owner, isStarving)) {
                    fetched.add(owner.partition);
                }
            });
            return fetched;
        });
    }
}

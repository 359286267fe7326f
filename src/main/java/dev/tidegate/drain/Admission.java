package dev.tidegate.drain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Admits new partitions once it is known what is committed for them, and of which topic. A topic that was made anew under its
 * old name is read from its beginning: the committed offset belongs to the records of another. For the poll thread alone.
 */
final class Admission {
    private static final System.Logger LOG = System.getLogger(Admission.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final DrainState state;
    private final Intake intake;
    private final TopicIds topicIds;
    private final Set<TopicPartition> toldBeginning = new HashSet<>();

    Admission(Consumer<byte[], byte[]> consumer, DrainState state, Intake intake, TopicIds topicIds) {
        this.consumer = consumer;
        this.state = state;
        this.intake = intake;
        this.topicIds = topicIds;
    }

    /** Admits what can be; the rest is tried again before the next poll. */
    void admit() {
        List<OwnedPartition> recreated = state.turn.peek(this::recreated);
        recreated.forEach(this::beginAgain);
        Map<OwnedPartition, Uuid> waiting = state.turn.peek(this::known);
        if (waiting.isEmpty()) {
            return;
        }
        Set<TopicPartition> partitions = new HashSet<>();
        waiting.keySet().forEach(owner -> partitions.add(owner.partition));
        Map<TopicPartition, OffsetAndMetadata> committed;
        try {
            committed = consumer.committed(partitions, PATIENCE);
        } catch (RetriableException | WakeupException later) {
            return;
        } catch (KafkaException e) {
            if (PollFault.isGroupMoving(e)) {
                return;
            }
            throw e;
        }
        Map<TopicPartition, OffsetAndMetadata> answer = committed;
        tellBeginning(waiting.keySet(), answer);
        waiting.forEach((owner, id) -> admit(owner, id, answer.get(owner.partition)));
    }

    // Once for each partition: the group may move several times before its first commit.
    private void tellBeginning(Set<OwnedPartition> owners, Map<TopicPartition, OffsetAndMetadata> committed) {
        Set<String> fresh = new TreeSet<>();
        for (OwnedPartition owner : owners) {
            boolean isNew = committed.get(owner.partition) == null && !owner.hasGoneBack();
            if (isNew && toldBeginning.add(owner.partition)) {
                fresh.add(owner.partition.toString());
            }
        }
        if (!fresh.isEmpty()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "drainer {0}: group {1} has committed nothing yet of {2}: it begins there as auto.offset.reset says,"
                            + " {3}",
                    state.settings.name(),
                    state.settings.group(),
                    String.join(", ", fresh),
                    state.settings
                            .kafka()
                            .getOrDefault(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, ConsumerProperties.RESET));
        }
    }

    private Map<OwnedPartition, Uuid> known() {
        Map<OwnedPartition, Uuid> known = new HashMap<>();
        for (OwnedPartition owner : state.owned()) {
            Uuid id = topicIds.of(owner.partition.topic());
            if (!owner.isAdmitted() && !owner.isClosing() && id != null) {
                known.put(owner, id);
            }
        }
        return known;
    }

    private void admit(OwnedPartition owner, Uuid id, @Nullable OffsetAndMetadata told) {
        OffsetAndMetadata committed = owner.hasGoneBack() ? null : told;
        Long base = committed == null ? null : committed.offset();
        if (committed != null && CommitNote.isOfAnother(committed.metadata(), id)) {
            base = null;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "drainer {0}: {1} was made anew (committed is {2} of another topic with this name): it is read from"
                            + " its beginning",
                    state.settings.name(),
                    owner.partition,
                    committed.offset());
            consumer.seekToBeginning(Set.of(owner.partition));
        }
        Long begin = base;
        state.turn.run(() -> {
            owner.admit(id, begin);
            state.ownershipChanged();
        });
    }

    // While it was owned: what is buffered belongs to a topic that is gone.
    private List<OwnedPartition> recreated() {
        List<OwnedPartition> found = new ArrayList<>();
        for (OwnedPartition owner : state.owned()) {
            Uuid id = topicIds.of(owner.partition.topic());
            boolean isKnown = id != null && !id.equals(Uuid.ZERO_UUID);
            if (owner.isAdmitted() && isKnown && !owner.topicId().equals(id)) {
                found.add(owner);
            }
        }
        return found;
    }

    private void beginAgain(OwnedPartition owner) {
        Uuid id = state.turn.peek(() -> topicIds.of(owner.partition.topic()));
        if (id == null || !consumer.assignment().contains(owner.partition)) {
            return;
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "drainer {0}: {1} was deleted and made anew: it is read from its beginning",
                state.settings.name(),
                owner.partition);
        consumer.seekToBeginning(Set.of(owner.partition));
        state.turn.run(() -> intake.again(owner, id));
    }
}

package dev.tidegate.drain;

import dev.tidegate.drain.TopicDirectory.Ends;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Asks the broker, beside the poll thread, where the owned partitions begin and end and which topics exist: also while they
 * are paused, when the consumer itself hears nothing. What it knows is guarded by the drainer's turn.
 */
final class LagProbe {
    /** How often the broker is asked. */
    static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final Duration SILENCE = Duration.ofSeconds(4);
    private static final Duration WHILE_AWAITED = Duration.ofMillis(200);

    private final TopicDirectory directory;
    private final DrainState state;
    private final TopicIds topicIds;
    private final Map<TopicPartition, Ends> ends = new HashMap<>();
    private boolean asking;
    private boolean awaited;
    private long seenVersion;
    private long answeredNanos;
    private boolean describing;
    private long dueNanos;
    private long describedNanos;
    private @Nullable String trouble;

    LagProbe(TopicDirectory directory, DrainState state, TopicIds topicIds) {
        this.directory = directory;
        this.state = state;
        this.topicIds = topicIds;
        this.dueNanos = state.ticker.nanos();
        this.answeredNanos = dueNanos - SILENCE.toNanos();
        this.describedNanos = dueNanos - INTERVAL.toNanos();
    }

    /** Why the broker cannot be reached, or {@code null}. */
    @Nullable
    String trouble() {
        return trouble;
    }

    /** How many records wait there, or {@code null} while that is not known. */
    @Nullable
    Long lagOf(OwnedPartition owner) {
        Ends known = ends.get(owner.partition);
        if (known == null) {
            return null;
        }
        Long committed = owner.ledger().committed();
        long from = committed == null ? known.begin() : Math.max(committed, known.begin());
        return Math.max(0, known.end() - from);
    }

    /** Inside a turn: where its log begins, or {@code null} while that is not known. */
    @Nullable
    Long beginOf(OwnedPartition owner) {
        Ends known = ends.get(owner.partition);
        return known == null ? null : known.begin();
    }

    /** Inside a turn: where the partition's log ends, as last told; {@code null} before the first answer. */
    @Nullable
    Long endOf(OwnedPartition owner) {
        Ends known = ends.get(owner.partition);
        return known == null ? null : known.end();
    }

    /** Inside a turn: asks if it is time. */
    void tick(long nowNanos) {
        if (!describing && nowNanos - nextDescription() >= 0) {
            describe(nowNanos);
        }
        if (asking || nowNanos - dueNanos < 0) {
            return;
        }
        dueNanos = nowNanos + INTERVAL.toNanos();
        Set<TopicPartition> partitions = new HashSet<>();
        state.owned().forEach(owner -> partitions.add(owner.partition));
        if (partitions.isEmpty()) {
            ends.clear();
            return;
        }
        asking = true;
        state.turn.later(() -> answerTo(directory.ends(partitions), this::took, () -> asking = false));
    }

    /** The reading of the ticker at which to ask again, or {@code null} while only an answer can change anything. */
    @Nullable
    Long nextNanos() {
        if (asking && describing) {
            return null;
        }
        if (asking) {
            return nextDescription();
        }
        if (describing) {
            return dueNanos;
        }
        long description = nextDescription();
        return description - dueNanos < 0 ? description : dueNanos;
    }

    // A partition whose topic is not known yet waits for nothing else.
    private long nextDescription() {
        if (seenVersion != state.ownershipVersion()) {
            seenVersion = state.ownershipVersion();
            awaited = state.owned().stream()
                    .anyMatch(owner -> !owner.isAdmitted() && topicIds.of(owner.partition.topic()) == null);
        }
        return describedNanos + (awaited ? WHILE_AWAITED : INTERVAL).toNanos();
    }

    private void describe(long nowNanos) {
        describedNanos = nowNanos;
        Set<String> topics = new HashSet<>(state.settings.namedTopics());
        state.owned().forEach(owner -> topics.add(owner.partition.topic()));
        if (topics.isEmpty()) {
            return;
        }
        describing = true;
        state.turn.later(() -> answerTo(directory.describe(topics), this::learnt, () -> describing = false));
    }

    private <T> void answerTo(CompletionStage<T> question, java.util.function.Consumer<T> take, Runnable over) {
        question.whenComplete((answer, error) -> state.turn.run(() -> {
            over.run();
            if (error == null) {
                answeredNanos = state.ticker.nanos();
                troubled(null);
                take.accept(answer);
            } else {
                failed(error);
            }
        }));
    }

    // One slow answer among good ones is no outage.
    private void failed(Throwable error) {
        if (state.ticker.nanos() - answeredNanos >= SILENCE.toNanos()) {
            Throwable cause = error.getCause() == null ? error : error.getCause();
            troubled(String.valueOf(cause.getMessage()));
        }
    }

    private void troubled(@Nullable String now) {
        boolean hasChanged = (trouble == null) != (now == null);
        trouble = now;
        state.touchIf(hasChanged);
    }

    private void took(Map<TopicPartition, Ends> answer) {
        ends.clear();
        ends.putAll(answer);
    }

    private void learnt(Map<String, TopicFinding> answer) {
        boolean wasMissing = !topicIds.missing().isEmpty();
        topicIds.learn(answer);
        seenVersion = -1;
        boolean isNews = state.owned().stream()
                .anyMatch(
                        owner -> !owner.isAdmitted() || !owner.topicId().equals(topicIds.of(owner.partition.topic())));
        state.touchIf(isNews || wasMissing || !topicIds.missing().isEmpty());
    }
}

package dev.tidegate.drain;

import dev.tidegate.publish.DeadLetterTopicCheck;
import dev.tidegate.publish.DeadLetterTopics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Has the dead-letter topic of each source topic looked after once this drainer owns a part of it. Guarded by the turn. */
final class DeadLetterTopicWatch {
    private static final System.Logger LOG = System.getLogger(DeadLetterTopicWatch.class.getName());
    private static final Duration ASK_AGAIN = Duration.ofSeconds(30);
    // Stands for a look that itself failed.
    private static final String NONE = "";

    private final @Nullable DeadLetterTopics topics;
    private final DrainState state;
    private long seenVersion;
    private @Nullable Long askAgainNanos;
    private final Set<String> asked = new HashSet<>();
    private final Set<String> warned = new HashSet<>();

    DeadLetterTopicWatch(@Nullable DeadLetterTopics topics, DrainState state) {
        this.topics = topics;
        this.state = state;
    }

    void tick() {
        DeadLetterTopics check = topics;
        Long again = askAgainNanos;
        boolean isDue = again != null && state.ticker.nanos() - again >= 0;
        if (check == null || (seenVersion == state.ownershipVersion() && !isDue)) {
            return;
        }
        askAgainNanos = null;
        seenVersion = state.ownershipVersion();
        Map<String, String> fresh = new HashMap<>();
        for (OwnedPartition owner : state.owned()) {
            String topic = owner.partition.topic();
            if (owner.isAdmitted() && asked.add(topic)) {
                fresh.put(topic, state.settings.deadLetterTopicOf(topic));
            }
        }
        if (!fresh.isEmpty()) {
            state.turn.later(() -> check.ensure(fresh)
                    .whenComplete((found, error) -> state.turn.run(() -> answered(fresh.keySet(), found, error))));
        }
    }

    private void answered(
            Set<String> asking, @Nullable Map<String, DeadLetterTopicCheck> found, @Nullable Throwable error) {
        Map<String, DeadLetterTopicCheck> all = found == null ? Map.of() : found;
        all.forEach(this::tell);
        if (error != null && warned.add(NONE)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "drainer " + state.settings.name() + ": its dead-letter topics could not be looked for",
                    error);
        }
        if (error != null || !all.values().stream().allMatch(DeadLetterTopicCheck.Ready.class::isInstance)) {
            askAgain(asking);
        } else {
            warned.remove(NONE);
        }
    }

    // A broker that is only half there answers of topics as if they could not be made: one look is not enough.
    private void askAgain(Set<String> asking) {
        asked.removeAll(asking);
        askAgainNanos = state.ticker.nanos() + ASK_AGAIN.toNanos();
    }

    // One warning until it is ready, however often it is looked for.
    private void tell(String topic, DeadLetterTopicCheck found) {
        if (found instanceof DeadLetterTopicCheck.Ready) {
            warned.remove(topic);
            return;
        }
        if (!warned.add(topic)) {
            return;
        }
        String why = found instanceof DeadLetterTopicCheck.Absent absent ? absent.reason() : found.toString();
        LOG.log(
                System.Logger.Level.WARNING,
                "drainer {0}: dead-letter topic {1} is not ready: {2}. Until it is, a bad record pauses its partition.",
                state.settings.name(),
                topic,
                why);
    }
}

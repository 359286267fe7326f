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

    private final @Nullable DeadLetterTopics topics;
    private final DrainState state;
    private long seenVersion;
    private @Nullable Long askAgainNanos;
    private final Set<String> asked = new HashSet<>();

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
            state.turn.later(() -> check.ensure(fresh).whenComplete((found, error) -> {
                if (found != null) {
                    found.forEach(this::tell);
                } else {
                    LOG.log(System.Logger.Level.WARNING, "dead-letter topics could not be looked for", error);
                }
                boolean isReady =
                        found != null && found.values().stream().allMatch(DeadLetterTopicCheck.Ready.class::isInstance);
                if (!isReady) {
                    state.turn.run(() -> askAgain(fresh.keySet()));
                }
            }));
        }
    }

    // A broker that is only half there answers of topics as if they could not be made: one look is not enough.
    private void askAgain(Set<String> topics) {
        asked.removeAll(topics);
        askAgainNanos = state.ticker.nanos() + ASK_AGAIN.toNanos();
    }

    private void tell(String topic, DeadLetterTopicCheck found) {
        if (found instanceof DeadLetterTopicCheck.Ready) {
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

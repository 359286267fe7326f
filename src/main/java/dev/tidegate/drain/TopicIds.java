package dev.tidegate.drain;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** What is known of the topics' ids. Guarded by the drainer's turn. */
final class TopicIds {
    private final Map<String, Uuid> ids = new HashMap<>();
    private final Set<String> missing = new TreeSet<>();

    void learn(Map<String, TopicFinding> findings) {
        findings.forEach((topic, finding) -> {
            missing.remove(topic);
            if (finding instanceof TopicFinding.Found found) {
                ids.put(topic, found.id());
            } else if (finding instanceof TopicFinding.Untold) {
                ids.put(topic, Uuid.ZERO_UUID);
            } else {
                missing.add(topic);
            }
        });
    }

    /** The topic's id, zero if the broker keeps it to itself, {@code null} while it has not answered. */
    @Nullable
    Uuid of(String topic) {
        return ids.get(topic);
    }

    /** What was known of it may not be true any more. */
    void forget(String topic) {
        ids.remove(topic);
    }

    /** Topics that do not exist. */
    Set<String> missing() {
        return missing;
    }
}

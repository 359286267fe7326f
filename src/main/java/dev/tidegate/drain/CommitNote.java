package dev.tidegate.drain;

import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** What a commit says of itself besides the offset: of which topic it is, for a topic made anew keeps its name. */
final class CommitNote {
    private static final String PREFIX = "topic-id=";

    private CommitNote() {}

    static String of(Uuid topicId) {
        return topicId.equals(Uuid.ZERO_UUID) ? "" : PREFIX + topicId;
    }

    /** Whether the commit was made for another topic of the same name. */
    static boolean isOfAnother(@Nullable String note, Uuid topicId) {
        if (note == null || !note.startsWith(PREFIX) || topicId.equals(Uuid.ZERO_UUID)) {
            return false;
        }
        return !note.equals(PREFIX + topicId);
    }
}

package dev.tidegate.drain;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.FencedMemberEpochException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.jspecify.annotations.Nullable;

/** What an exception of the consumer means. */
final class PollFault {
    // What the client's fetcher says of a batch that it cannot read; it also names partitions where all is well with
    // them.
    private static final List<String> SIGNS =
            List.of("fetching the next record from", "Record batch for partition", "Encountered corrupt message");

    private PollFault() {}

    /** Whether the consumer cannot go on: authorisation, fencing, what the broker does not support, no position. */
    static boolean isFatal(Throwable error) {
        if (error instanceof RetriableException || error instanceof SerializationException) {
            return false;
        }
        return !isGroupMoving(error) && (error instanceof ApiException || error instanceof InvalidOffsetException);
    }

    /** Whether the group only moved on without this member's answer: it joins again at the next poll. */
    static boolean isGroupMoving(Throwable error) {
        return error instanceof CommitFailedException
                || error instanceof RebalanceInProgressException
                || error instanceof StaleMemberEpochException
                || error instanceof FencedMemberEpochException
                || error instanceof UnknownMemberIdException
                || error instanceof IllegalGenerationException;
    }

    /**
     * The partition whose batch cannot be read, or {@code null} if the error is of another kind. The client tells it in
     * the message alone.
     */
    static @Nullable TopicPartition corrupt(KafkaException error, Collection<TopicPartition> assigned) {
        if (error instanceof RecordDeserializationException unreadable) {
            return unreadable.topicPartition();
        }
        if (error instanceof ApiException || error instanceof InvalidOffsetException) {
            return null;
        }
        String message = String.valueOf(error.getMessage());
        if (SIGNS.stream().noneMatch(message::contains)) {
            return null;
        }
        TopicPartition named = null;
        for (TopicPartition partition : assigned) {
            boolean isLonger = named == null
                    || partition.toString().length() > named.toString().length();
            if (isLonger && names(message, partition.toString())) {
                named = partition;
            }
        }
        return named;
    }

    private static boolean names(String message, String partition) {
        for (int at = message.indexOf(partition); at >= 0; at = message.indexOf(partition, at + 1)) {
            int end = at + partition.length();
            boolean begins = at == 0 || message.charAt(at - 1) == ' ';
            boolean ends = end == message.length() || !Character.isLetterOrDigit(message.charAt(end));
            if (begins && ends) {
                return true;
            }
        }
        return false;
    }
}

package dev.tidegate.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.FencedMemberEpochException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;

class PollFaultTest {
    private static final TopicPartition ONE = new TopicPartition("orders", 1);
    private static final TopicPartition ELEVEN = new TopicPartition("orders", 11);
    private static final TopicPartition LIKE_ONE = new TopicPartition("old-orders", 1);

    @Test
    void what_no_later_poll_can_mend_is_fatal() {
        assertThat(PollFault.isFatal(new TopicAuthorizationException("orders"))).isTrue();
        assertThat(PollFault.isFatal(new AuthenticationException("no"))).isTrue();
        assertThat(PollFault.isFatal(new FencedInstanceIdException("tg"))).isTrue();
        assertThat(PollFault.isFatal(new UnsupportedVersionException("old broker")))
                .isTrue();
        assertThat(PollFault.isFatal(new NoOffsetForPartitionException(ONE))).isTrue();
        assertThat(PollFault.isFatal(new OffsetOutOfRangeException(Map.of(ONE, 5L))))
                .isTrue();
    }

    @Test
    void what_passes_is_not_fatal() {
        assertThat(PollFault.isFatal(new TimeoutException("slow"))).isFalse();
        assertThat(PollFault.isFatal(new CommitFailedException())).isFalse();
        assertThat(PollFault.isFatal(new RebalanceInProgressException())).isFalse();
    }

    @Test
    void a_group_that_moved_on_is_joined_again_and_is_no_fault() {
        assertThat(PollFault.isFatal(new StaleMemberEpochException("epoch 3 of 4")))
                .isFalse();
        assertThat(PollFault.isFatal(new FencedMemberEpochException("epoch 3 of 4")))
                .isFalse();
        assertThat(PollFault.isFatal(new UnknownMemberIdException("gone"))).isFalse();
        assertThat(PollFault.isFatal(new IllegalGenerationException("7 of 8"))).isFalse();
    }

    @Test
    void an_error_that_only_names_a_partition_is_no_corrupt_batch() {
        assertThat(PollFault.corrupt(error("Topic or Partition orders-1 does not exist"), Set.of(ONE)))
                .isNull();
    }

    @Test
    void the_partition_of_a_corrupt_batch_is_found_in_the_message() {
        Set<TopicPartition> assigned = Set.of(ONE, ELEVEN, LIKE_ONE);
        assertThat(PollFault.corrupt(
                        error("Received exception when fetching the next record from orders-1. If"), assigned))
                .isEqualTo(ONE);
        assertThat(PollFault.corrupt(error("Record batch for partition orders-11 at offset 3 is invalid"), assigned))
                .isEqualTo(ELEVEN);
        assertThat(PollFault.corrupt(error("Encountered corrupt message for topic-partition old-orders-1"), assigned))
                .isEqualTo(LIKE_ONE);
        assertThat(PollFault.corrupt(error("something else about orders"), assigned))
                .isNull();
    }

    private static KafkaException error(String message) {
        return new KafkaException(message);
    }

    @Test
    void a_commit_tells_of_which_topic_it_is() {
        Uuid id = new Uuid(1, 2);
        assertThat(CommitNote.isOfAnother(CommitNote.of(id), id)).isFalse();
        assertThat(CommitNote.isOfAnother(CommitNote.of(id), new Uuid(1, 3))).isTrue();
        assertThat(CommitNote.isOfAnother("", id)).isFalse();
        assertThat(CommitNote.isOfAnother("of another program", id)).isFalse();
        assertThat(CommitNote.isOfAnother(CommitNote.of(id), Uuid.ZERO_UUID)).isFalse();
        assertThat(CommitNote.of(Uuid.ZERO_UUID)).isEmpty();
    }
}

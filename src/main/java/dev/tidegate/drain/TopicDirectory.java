package dev.tidegate.drain;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;

/** What the broker tells of topics besides their records. No method blocks; a broker that is away fails the stage. */
public interface TopicDirectory extends AutoCloseable {
    /**
     * First offset still kept and the offset after the last one that this client may read.
     */
    record Ends(long begin, long end) {}

    CompletionStage<Map<String, TopicFinding>> describe(Set<String> topics);

    /** Partitions that the broker does not know are left out. */
    CompletionStage<Map<TopicPartition, Ends>> ends(Set<TopicPartition> partitions);

    @Override
    void close();
}

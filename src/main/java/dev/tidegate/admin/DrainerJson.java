package dev.tidegate.admin;

import dev.tidegate.monitor.report.DrainerView.BlockingView;
import dev.tidegate.monitor.report.DrainerView.PartitionView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One drainer of the whole fleet. Counts are sums over the instances since each one's start.
 *
 * @param version of the operator's wish; 0 while none was ever made
 * @param state the state of the instance that is worst off
 * @param cause why, as that instance tells
 * @param pauseCauses every cause for the whole drainer on any instance
 * @param lag sum over the partitions whose lag is known, or {@code null} when none is
 * @param blocking the record that has held its lane longest
 */
public record DrainerJson(
        String name,
        long version,
        String state,
        @Nullable String cause,
        List<String> pauseCauses,
        String circuit,
        List<String> topics,
        String group,
        List<PartitionJson> partitions,
        @Nullable Long lag,
        int inFlight,
        int buffered,
        long handled,
        long rejected,
        long failed,
        @Nullable BlockingView blocking,
        List<InstanceJson> instances) {
    /** One partition and who owns it. */
    public record PartitionJson(
            String topic,
            int partition,
            String instance,
            @Nullable Long position,
            @Nullable Long committed,
            @Nullable Long lag,
            List<String> pauseCauses) {
        static PartitionJson of(String instance, PartitionView view) {
            return new PartitionJson(
                    view.topic(),
                    view.partition(),
                    instance,
                    view.position(),
                    view.committed(),
                    view.lag(),
                    view.pauseCauses());
        }
    }

    /** The drainer on one instance. */
    public record InstanceJson(
            String instance,
            String state,
            @Nullable String cause,
            List<String> pauseCauses,
            int inFlight,
            int buffered,
            long handled,
            long rejected,
            long failed,
            Instant lastSeen) {}
}

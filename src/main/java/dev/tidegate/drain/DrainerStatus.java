package dev.tidegate.drain;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One drainer on this instance at one moment.
 *
 * @param cause why it is in that state, for people, or {@code null} while RUNNING
 * @param pauseCauses causes that apply to the whole drainer
 * @param failed attempts that failed
 * @param blocking the record that has held its lane longest, or {@code null}
 */
public record DrainerStatus(
        String name,
        DrainerState state,
        @Nullable String cause,
        Set<PauseCause> pauseCauses,
        String circuit,
        List<String> topics,
        String group,
        List<PartitionStatus> partitions,
        int inFlight,
        int buffered,
        long handled,
        long rejected,
        long failed,
        @Nullable Blocking blocking) {
    /**
     * One owned partition. Offsets are {@code null} while unknown.
     *
     * @param committed what the broker acknowledged
     * @param lag end − committed as the broker tells
     */
    public record PartitionStatus(
            String topic,
            int partition,
            @Nullable Long position,
            @Nullable Long committed,
            @Nullable Long lag,
            Set<PauseCause> pauseCauses) {}

    /** A record that waits though the circuit lets others pass. */
    public record Blocking(
            String topic,
            int partition,
            long offset,
            Instant since,
            int attempts,
            @Nullable String lastError) {}
}

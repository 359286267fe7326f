package dev.tidegate.monitor.report;

import dev.tidegate.drain.DrainerStatus;
import dev.tidegate.drain.PauseCause;
import jakarta.json.bind.annotation.JsonbCreator;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One drainer on one instance; the meaning of each value is {@link DrainerStatus}'s. */
public record DrainerView(
        String name,
        String state,
        @Nullable String cause,
        List<String> pauseCauses,
        String circuit,
        List<String> topics,
        String group,
        List<PartitionView> partitions,
        int inFlight,
        int buffered,
        long handled,
        long rejected,
        long failed,
        @Nullable BlockingView blocking) {
    public DrainerView {
        pauseCauses = List.copyOf(pauseCauses);
        topics = List.copyOf(topics);
        partitions = List.copyOf(partitions);
    }

    /** From JSON, for the reason told at {@link InstanceView#read}. */
    @JsonbCreator
    public static DrainerView read(
            String name,
            String state,
            @Nullable String cause,
            List<String> pauseCauses,
            String circuit,
            List<String> topics,
            String group,
            List<PartitionView> partitions,
            int inFlight,
            int buffered,
            long handled,
            long rejected,
            long failed,
            @Nullable BlockingView blocking) {
        return new DrainerView(
                name,
                state,
                cause,
                pauseCauses,
                circuit,
                topics,
                group,
                partitions,
                inFlight,
                buffered,
                handled,
                rejected,
                failed,
                blocking);
    }

    /** One partition that the instance owns. */
    public record PartitionView(
            String topic,
            int partition,
            @Nullable Long position,
            @Nullable Long committed,
            @Nullable Long lag,
            List<String> pauseCauses) {
        public PartitionView {
            pauseCauses = List.copyOf(pauseCauses);
        }

        static PartitionView of(DrainerStatus.PartitionStatus status) {
            return new PartitionView(
                    status.topic(),
                    status.partition(),
                    status.position(),
                    status.committed(),
                    status.lag(),
                    names(status.pauseCauses()));
        }
    }

    /** The record that holds its lane longest. */
    public record BlockingView(
            String topic,
            int partition,
            long offset,
            Instant since,
            int attempts,
            @Nullable String lastError) {
        static @Nullable BlockingView of(DrainerStatus.@Nullable Blocking blocking) {
            if (blocking == null) {
                return null;
            }
            return new BlockingView(
                    blocking.topic(),
                    blocking.partition(),
                    blocking.offset(),
                    blocking.since(),
                    blocking.attempts(),
                    blocking.lastError());
        }
    }

    /** The drainer at the moment of that status. */
    public static DrainerView of(DrainerStatus status) {
        return new DrainerView(
                status.name(),
                status.state().name(),
                status.cause(),
                names(status.pauseCauses()),
                status.circuit(),
                status.topics(),
                status.group(),
                status.partitions().stream().map(PartitionView::of).toList(),
                status.inFlight(),
                status.buffered(),
                status.handled(),
                status.rejected(),
                status.failed(),
                BlockingView.of(status.blocking()));
    }

    private static List<String> names(Set<PauseCause> causes) {
        return causes.stream().sorted().map(PauseCause::name).toList();
    }
}

package dev.tidegate.drain;

import dev.tidegate.drain.DrainerStatus.Blocking;
import dev.tidegate.drain.DrainerStatus.PartitionStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a drainer shows of itself. */
final class StatusReport {
    private static final Comparator<PartitionStatus> BY_TOPIC_AND_NUMBER =
            Comparator.comparing(PartitionStatus::topic).thenComparing(PartitionStatus::partition);

    private StatusReport() {}

    /** @param failure why a drainer that does not run failed, or {@code null} if it was stopped */
    static DrainerStatus idle(
            DrainerSettings settings, @Nullable String failure, Set<PauseCause> causes, Tallies tallies) {
        return new DrainerStatus(
                settings.name(),
                failure == null ? DrainerState.STOPPED : DrainerState.FAILED,
                failure == null ? "stopped" : failure,
                causes,
                settings.circuit(),
                settings.topics(),
                settings.group(),
                List.<PartitionStatus>of(),
                0,
                0,
                tallies.handled.sum(),
                tallies.rejected.sum(),
                tallies.failed.sum(),
                null);
    }

    static DrainerStatus of(DrainerRun run) {
        return run.state.turn.peek(() -> report(run));
    }

    private static DrainerStatus report(DrainerRun run) {
        DrainState state = run.state;
        DrainerSettings settings = state.settings;
        DrainerState now = stateOf(run);
        return new DrainerStatus(
                settings.name(),
                now,
                causeOf(run, now),
                state.board.wide(),
                settings.circuit(),
                settings.topics(),
                settings.group(),
                partitions(run),
                state.running().size(),
                buffered(state),
                state.tallies.handled.sum(),
                state.tallies.rejected.sum(),
                state.tallies.failed.sum(),
                blocking(state));
    }

    private static DrainerState stateOf(DrainerRun run) {
        DrainState state = run.state;
        if (run.waitsFor() != null) {
            return DrainerState.WAITING;
        }
        boolean isProbing = state.running().stream().anyMatch(attempt -> attempt.permit.isProbe());
        if (isProbing) {
            return DrainerState.PROBING;
        }
        boolean isHalted = !state.owned().isEmpty() && state.owned().stream().allMatch(state.board::isHalted);
        return state.board.wide().isEmpty() && !isHalted ? DrainerState.RUNNING : DrainerState.PAUSED;
    }

    private static @Nullable String causeOf(DrainerRun run, DrainerState now) {
        return switch (now) {
            case WAITING -> "waits for " + run.waitsFor();
            case PROBING -> "probes circuit " + run.state.settings.circuit();
            case PAUSED -> pauseOf(run);
            case RUNNING, FAILED, STOPPED -> null;
        };
    }

    private static String pauseOf(DrainerRun run) {
        Set<PauseCause> wide = run.state.board.wide();
        if (wide.isEmpty()) {
            return "every partition is paused";
        }
        return wide.stream().map(cause -> textOf(cause, run)).collect(Collectors.joining("; "));
    }

    private static String textOf(PauseCause cause, DrainerRun run) {
        return switch (cause) {
            case CIRCUIT -> "circuit " + run.state.settings.circuit() + " lets nothing through";
            case OUTPUT -> "results cannot be published: " + run.output.trouble();
            case OPERATOR -> "paused by an operator";
            case BACKPRESSURE -> "enough records wait";
            case DEAD_LETTER -> "the dead-letter topic takes no records";
            case CORRUPT -> "a batch cannot be read";
        };
    }

    private static List<PartitionStatus> partitions(DrainerRun run) {
        List<PartitionStatus> partitions = new ArrayList<>();
        for (OwnedPartition owner : run.state.owned()) {
            partitions.add(new PartitionStatus(
                    owner.partition.topic(),
                    owner.partition.partition(),
                    owner.ledger().position(),
                    owner.ledger().committed(),
                    run.lag.lagOf(owner),
                    run.state.board.of(owner)));
        }
        partitions.sort(BY_TOPIC_AND_NUMBER);
        return List.copyOf(partitions);
    }

    private static int buffered(DrainState state) {
        int held = 0;
        for (OwnedPartition owner : state.owned()) {
            held += owner.records().size();
        }
        return Math.max(0, held - state.slots());
    }

    private static @Nullable Blocking blocking(DrainState state) {
        BufferedRecord longest = state.longestTroubled();
        return longest == null || longest.troubledSince == null
                ? null
                : new Blocking(
                        longest.record.topic(),
                        longest.record.partition(),
                        longest.record.offset(),
                        longest.troubledSince,
                        longest.attempts,
                        longest.lastError);
    }
}

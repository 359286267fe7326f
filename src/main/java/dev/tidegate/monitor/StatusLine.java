package dev.tidegate.monitor;

import dev.tidegate.core.EffectiveState;
import dev.tidegate.drain.Drainer;
import dev.tidegate.drain.DrainerState;
import dev.tidegate.drain.DrainerStatus;
import dev.tidegate.drain.DrainerStatus.PartitionStatus;
import dev.tidegate.drain.Drainers;
import dev.tidegate.guard.Circuit;
import dev.tidegate.guard.Circuits;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** This instance's counts in one line for a log, read from memory. */
final class StatusLine {
    private StatusLine() {}

    static String of(Circuits circuits, Drainers drainers) {
        List<DrainerStatus> statuses =
                drainers.all().stream().map(Drainer::status).toList();
        Map<EffectiveState, Long> circuitStates = count(circuits.all(), Circuit::state);
        Map<DrainerState, Long> drainerStates = count(statuses, DrainerStatus::state);
        List<PartitionStatus> partitions = statuses.stream()
                .flatMap(status -> status.partitions().stream())
                .toList();
        long lag = partitions.stream()
                .map(PartitionStatus::lag)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
        return "circuits=" + circuitStates + " drainers=" + drainerStates + " partitions=" + partitions.size() + " lag="
                + lag + " inFlight="
                + statuses.stream().mapToLong(DrainerStatus::inFlight).sum() + " handled="
                + statuses.stream().mapToLong(DrainerStatus::handled).sum() + " rejected="
                + statuses.stream().mapToLong(DrainerStatus::rejected).sum();
    }

    private static <T, K> Map<K, Long> count(Collection<T> all, Function<T, K> by) {
        return all.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()));
    }
}

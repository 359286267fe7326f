package dev.tidegate.admin;

import dev.tidegate.admin.DrainerJson.InstanceJson;
import dev.tidegate.admin.DrainerJson.PartitionJson;
import dev.tidegate.monitor.report.DrainerView;
import dev.tidegate.monitor.report.DrainerView.BlockingView;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Makes one drainer of the fleet from what each instance tells of it. A pure function. */
final class DrainerMerge {
    // From worst to best. STOPPED is last: an instance that has stopped says nothing of the work that the others do.
    private static final List<String> WORST_FIRST =
            List.of("FAILED", "WAITING", "PROBING", "PAUSED", "RUNNING", "STOPPED");

    private DrainerMerge() {}

    /** @param parts at least one, of one drainer, the most trusted first */
    static DrainerJson of(long version, List<OnInstance<DrainerView>> parts) {
        DrainerView first = parts.get(0).view();
        DrainerView worst = parts.stream()
                .map(OnInstance::view)
                .min(Comparator.comparingInt(DrainerMerge::rank))
                .orElse(first);
        Collection<PartitionJson> partitions = partitions(parts);
        return new DrainerJson(
                first.name(),
                version,
                worst.state(),
                worst.cause(),
                parts.stream()
                        .flatMap(part -> part.view().pauseCauses().stream())
                        .distinct()
                        .sorted()
                        .toList(),
                first.circuit(),
                first.topics(),
                first.group(),
                List.copyOf(partitions),
                lag(partitions),
                Math.toIntExact(sum(parts, DrainerView::inFlight)),
                Math.toIntExact(sum(parts, DrainerView::buffered)),
                sum(parts, DrainerView::handled),
                sum(parts, DrainerView::rejected),
                sum(parts, DrainerView::failed),
                blocking(parts),
                parts.stream().map(DrainerMerge::instance).toList());
    }

    private static int rank(DrainerView view) {
        int rank = WORST_FIRST.indexOf(view.state());
        // A state of a newer program: shown only when nothing is known to be wrong.
        return rank < 0 ? WORST_FIRST.indexOf("RUNNING") : rank;
    }

    // While a partition changes hands two reports may name it: the later one counts.
    private static Collection<PartitionJson> partitions(List<OnInstance<DrainerView>> parts) {
        record Key(String topic, int partition) {}
        Map<Key, PartitionJson> byKey =
                new TreeMap<>(Comparator.comparing(Key::topic).thenComparingInt(Key::partition));
        parts.stream()
                .sorted(Comparator.<OnInstance<DrainerView>, java.time.Instant>comparing(OnInstance::at))
                .forEach(part -> part.view()
                        .partitions()
                        .forEach(view -> byKey.put(
                                new Key(view.topic(), view.partition()), PartitionJson.of(part.instance(), view))));
        return byKey.values();
    }

    private static @Nullable Long lag(Collection<PartitionJson> partitions) {
        List<Long> known = partitions.stream()
                .map(PartitionJson::lag)
                .filter(Objects::nonNull)
                .toList();
        return known.isEmpty()
                ? null
                : known.stream().mapToLong(Long::longValue).sum();
    }

    private static long sum(List<OnInstance<DrainerView>> parts, ToLongFunction<DrainerView> figure) {
        return parts.stream().map(OnInstance::view).mapToLong(figure).sum();
    }

    private static @Nullable BlockingView blocking(List<OnInstance<DrainerView>> parts) {
        BlockingView longest = null;
        for (OnInstance<DrainerView> part : parts) {
            BlockingView here = part.view().blocking();
            if (here != null && (longest == null || here.since().isBefore(longest.since()))) {
                longest = here;
            }
        }
        return longest;
    }

    private static InstanceJson instance(OnInstance<DrainerView> part) {
        DrainerView view = part.view();
        return new InstanceJson(
                part.instance(),
                view.state(),
                view.cause(),
                view.pauseCauses(),
                view.inFlight(),
                view.buffered(),
                view.handled(),
                view.rejected(),
                view.failed(),
                part.at());
    }
}

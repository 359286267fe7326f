package dev.tidegate.metrics;

import dev.tidegate.drain.Drainer;
import dev.tidegate.drain.DrainerState;
import dev.tidegate.drain.DrainerStatus;
import dev.tidegate.drain.DrainerStatus.PartitionStatus;
import dev.tidegate.drain.PauseCause;
import java.util.Objects;
import org.eclipse.microprofile.metrics.Tag;

/** One drainer's meters. Gauges tell the status of the last {@link #follow}: many are asked for at once. */
final class DrainerMeters {
    private final Drainer drainer;
    private final Total handled;
    private final Total rejected;
    private final Total failed;
    private volatile DrainerStatus status;

    DrainerMeters(Drainer drainer, Registered registered) {
        this.drainer = drainer;
        this.status = drainer.status();
        Tag name = new Tag("drainer", drainer.name());
        for (DrainerState state : DrainerState.values()) {
            registered.gauge(
                    Meter.DRAINER_STATE, () -> status.state() == state ? 1 : 0, name, new Tag("state", state.name()));
        }
        for (PauseCause cause : PauseCause.values()) {
            registered.gauge(Meter.DRAINER_PAUSED, () -> paused(cause), name, new Tag("cause", cause.name()));
        }
        registered.gauge(Meter.DRAINER_LAG, this::lag, name);
        registered.gauge(Meter.DRAINER_PARTITIONS, () -> status.partitions().size(), name);
        registered.gauge(Meter.DRAINER_IN_FLIGHT, () -> status.inFlight(), name);
        registered.gauge(Meter.DRAINER_BUFFERED, () -> status.buffered(), name);
        handled = registered.total(Meter.DRAINER_HANDLED, name);
        rejected = registered.total(Meter.DRAINER_REJECTED, name);
        failed = registered.total(Meter.DRAINER_FAILED, name);
    }

    void follow() {
        status = drainer.status();
        handled.follow(status.handled());
        rejected.follow(status.rejected());
        failed.follow(status.failed());
    }

    private long lag() {
        return status.partitions().stream()
                .map(PartitionStatus::lag)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
    }

    // A cause for the whole drainer holds for each of its partitions.
    private long paused(PauseCause cause) {
        DrainerStatus now = status;
        boolean isForAll = now.pauseCauses().contains(cause);
        return now.partitions().stream()
                .filter(partition -> isForAll || partition.pauseCauses().contains(cause))
                .count();
    }
}

package dev.tidegate.monitor;

import dev.tidegate.core.StoreException;
import dev.tidegate.drain.Drainers;
import dev.tidegate.guard.Circuits;
import dev.tidegate.monitor.report.FleetMemory;
import dev.tidegate.monitor.report.InstanceView;
import dev.tidegate.monitor.report.ReportJson;
import dev.tidegate.monitor.report.ThisInstance;
import dev.tidegate.publish.Publishers;
import dev.tidegate.store.InstanceReports;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells the fleet of this instance, and hears of the others and of what operators wish, for whoever asks. Each exchange
 * reads and writes the store on the calling thread, so it has a thread of its own. For one thread at a time.
 */
public final class InstanceReporter {
    private static final System.Logger LOG = System.getLogger(InstanceReporter.class.getName());
    // So that a report outlives two exchanges that failed.
    private static final int INTERVALS_SHOWN = 4;

    private final ThisInstance self;
    private final Circuits circuits;
    private final Drainers drainers;
    private final Publishers publishers;
    private final InstanceReports reports;
    private final FleetMemory fleet;
    private final Duration lasts;
    private final ReportJson json = new ReportJson();
    private @Nullable String trouble;
    private boolean hasLeft;

    /** @param interval between two exchanges */
    public InstanceReporter(
            ThisInstance self,
            Circuits circuits,
            Drainers drainers,
            Publishers publishers,
            InstanceReports reports,
            FleetMemory fleet,
            Duration interval) {
        this.self = self;
        this.circuits = circuits;
        this.drainers = drainers;
        this.publishers = publishers;
        this.reports = reports;
        this.fleet = fleet;
        this.lasts = interval.multipliedBy(INTERVALS_SHOWN);
    }

    /** Writes this instance's report, reads the others' and what is wished. Throws nothing. */
    public synchronized void exchange() {
        if (hasLeft) {
            return;
        }
        try {
            reports.write(self.name(), json.write(InstanceView.of(self, circuits, drainers, publishers)), lasts);
            fleet.refresh();
            trouble = null;
        } catch (StoreException | RuntimeException e) {
            tellOnce(e);
        }
    }

    /** Takes this instance's report away, so that the fleet knows at once that it left. Throws nothing. */
    public synchronized void leave() {
        hasLeft = true;
        try {
            reports.remove(self.name());
        } catch (StoreException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "the report of this instance was not removed; it expires", e);
        }
    }

    private void tellOnce(Exception error) {
        String why = String.valueOf(error.getMessage());
        // The words differ from try to try while the trouble is the same.
        if (trouble == null) {
            LOG.log(System.Logger.Level.WARNING, "this instance cannot tell the fleet of itself now: {0}", why);
        }
        trouble = why;
    }
}

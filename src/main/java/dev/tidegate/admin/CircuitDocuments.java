package dev.tidegate.admin;

import dev.tidegate.admin.CircuitJson.InstanceJson;
import dev.tidegate.admin.CircuitJson.OverrideJson;
import dev.tidegate.admin.CircuitJson.ProbeJson;
import dev.tidegate.admin.CircuitJson.RampJson;
import dev.tidegate.admin.CircuitJson.ValueJson;
import dev.tidegate.admin.CircuitJson.WindowJson;
import dev.tidegate.core.AutomaticState;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Lease;
import dev.tidegate.core.OperatorOverride;
import dev.tidegate.core.RampLimit;
import dev.tidegate.core.Snapshot;
import dev.tidegate.core.Ticker;
import dev.tidegate.guard.Circuit;
import dev.tidegate.monitor.StoreWatch;
import dev.tidegate.monitor.report.CircuitView;
import dev.tidegate.monitor.report.FleetMemory;
import dev.tidegate.monitor.report.ThisInstance;
import dev.tidegate.monitor.report.WindowView;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a circuit's document from this instance's snapshot and what the others reported. Thread-safe. */
@Dependent
public class CircuitDocuments {
    private final ThisInstance self;
    private final FleetMemory fleet;
    private final EffectiveSettings settings;
    private final StoreWatch store;
    private final Ticker ticker;

    @Inject
    public CircuitDocuments(
            ThisInstance self, FleetMemory fleet, EffectiveSettings settings, StoreWatch store, Ticker ticker) {
        this.self = self;
        this.fleet = fleet;
        this.settings = settings;
        this.store = store;
        this.ticker = ticker;
    }

    /** The circuit at this moment. */
    public CircuitJson of(Circuit circuit) {
        long nanos = ticker.nanos();
        Snapshot snapshot = circuit.snapshot();
        CircuitRecord row = snapshot.record();
        // What the row tells of since, cause and round is true only of the state that the row is in.
        boolean isAsStored = snapshot.automatic() == row.state() && !snapshot.pending();
        CircuitView own = CircuitView.of(circuit);
        RampLimit ramp = circuit.ramp();
        List<OnInstance<CircuitView>> views = everywhere(own);
        return new CircuitJson(
                own.name(),
                circuit.kind().name().toLowerCase(Locale.ROOT),
                snapshot.effectiveAt(nanos).name(),
                snapshot.automatic().name(),
                snapshot.pending(),
                circuit.policy().isObserving(),
                row.version(),
                row.epoch(),
                isAsStored ? row.since() : null,
                isAsStored ? row.cause().name() : null,
                isAsStored ? row.detail() : "decided on " + self.name() + ", not confirmed by the store yet",
                row.lastError(),
                retryAt(snapshot, isAsStored, nanos),
                failedRounds(snapshot, ramp),
                probe(circuit, isAsStored ? row.lease() : null),
                ramp == null ? null : new RampJson(ramp.limit(), ramp.full()),
                override(snapshot.overrideAt(nanos)),
                WindowJson.of(
                        views.stream().map(one -> one.view().window()).reduce(WindowView.EMPTY, WindowView::plus)),
                policy(own.name()),
                views.stream().map(one -> instance(own, one)).toList());
    }

    // This instance first.
    private List<OnInstance<CircuitView>> everywhere(CircuitView own) {
        List<OnInstance<CircuitView>> views = new ArrayList<>();
        views.add(new OnInstance<>(self.name(), own, store.now()));
        for (FleetMemory.Seen seen : fleet.others()) {
            seen.view().circuits().stream()
                    .filter(view -> view.name().equals(own.name()))
                    .forEach(view -> views.add(new OnInstance<>(seen.view().instance(), view, seen.at())));
        }
        return views;
    }

    private static InstanceJson instance(CircuitView own, OnInstance<CircuitView> one) {
        boolean differs = !one.view().policyHash().equals(own.policyHash());
        return new InstanceJson(one.instance(), WindowJson.of(one.view().window()), differs, one.at());
    }

    private @Nullable Instant retryAt(Snapshot snapshot, boolean isAsStored, long nanos) {
        if (snapshot.automatic() != AutomaticState.OPEN) {
            return null;
        }
        return isAsStored ? snapshot.record().retryAt() : store.now().plus(snapshot.retryAfterAt(nanos));
    }

    // A closed row keeps them for the ramp-up; afterwards they are forgotten.
    private static int failedRounds(Snapshot snapshot, @Nullable RampLimit ramp) {
        boolean isForgotten = snapshot.automatic() == AutomaticState.CLOSED && ramp == null;
        return isForgotten ? 0 : snapshot.record().failedRounds();
    }

    private static @Nullable ProbeJson probe(Circuit circuit, @Nullable Lease lease) {
        if (lease == null) {
            return null;
        }
        return new ProbeJson(
                lease.owner(),
                lease.until(),
                lease.succeeded(),
                circuit.policy().successesToClose());
    }

    private static @Nullable OverrideJson override(@Nullable OperatorOverride override) {
        if (override == null) {
            return null;
        }
        return new OverrideJson(override.kind().name(), override.actor(), override.reason(), override.until());
    }

    private Map<String, ValueJson> policy(String circuit) {
        Map<String, ValueJson> policy = new LinkedHashMap<>();
        settings.ofCircuit(circuit)
                .forEach((key, setting) -> policy.put(key, new ValueJson(setting.value(), setting.source())));
        return policy;
    }
}

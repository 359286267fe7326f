package dev.tidegate.admin;

import dev.tidegate.drain.Drainer;
import dev.tidegate.drain.Drainers;
import dev.tidegate.monitor.StoreWatch;
import dev.tidegate.monitor.report.DrainerView;
import dev.tidegate.monitor.report.FleetMemory;
import dev.tidegate.monitor.report.InstanceView;
import dev.tidegate.monitor.report.PublisherView;
import dev.tidegate.monitor.report.ThisInstance;
import dev.tidegate.publish.Publisher;
import dev.tidegate.publish.Publishers;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Gathers drainers and publishers over the fleet: this instance's as they are now, the others' as last reported. */
@Dependent
public class FleetOf {
    private final ThisInstance self;
    private final FleetMemory fleet;
    private final StoreWatch store;
    private final Drainers drainers;
    private final Publishers publishers;

    @Inject
    public FleetOf(ThisInstance self, FleetMemory fleet, StoreWatch store, Drainers drainers, Publishers publishers) {
        this.self = self;
        this.fleet = fleet;
        this.store = store;
        this.drainers = drainers;
        this.publishers = publishers;
    }

    /** By drainer, this instance first. */
    SortedMap<String, List<OnInstance<DrainerView>>> drainers() {
        List<DrainerView> own = drainers.all().stream()
                .map(Drainer::status)
                .map(DrainerView::of)
                .toList();
        return gather(own, InstanceView::drainers, DrainerView::name);
    }

    /** By publisher, this instance first. */
    SortedMap<String, List<OnInstance<PublisherView>>> publishers() {
        List<PublisherView> own = publishers.all().stream()
                .map(Publisher::status)
                .map(PublisherView::of)
                .toList();
        return gather(own, InstanceView::publishers, PublisherView::name);
    }

    private <T> SortedMap<String, List<OnInstance<T>>> gather(
            List<T> own, Function<InstanceView, List<T>> ofInstance, Function<T, String> name) {
        List<OnInstance<T>> all = new ArrayList<>();
        own.forEach(view -> all.add(new OnInstance<>(self.name(), view, store.now())));
        for (FleetMemory.Seen seen : fleet.others()) {
            ofInstance
                    .apply(seen.view())
                    .forEach(view -> all.add(new OnInstance<>(seen.view().instance(), view, seen.at())));
        }
        SortedMap<String, List<OnInstance<T>>> byName = new TreeMap<>();
        all.forEach(one -> byName.computeIfAbsent(name.apply(one.view()), ignored -> new ArrayList<>())
                .add(one));
        return byName;
    }
}

package dev.tidegate.admin;

import dev.tidegate.monitor.StoreWatch;
import dev.tidegate.monitor.report.FleetMemory;
import dev.tidegate.monitor.report.ThisInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The running servers of the fleet. */
@Path("instances")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
public class InstancesResource {
    /**
     * One running server.
     *
     * @param self whether it is the one that answers
     * @param settingsDiffer whether its settings are not those of the one that answers
     * @param lastSeen when it last reported, in the store's time
     */
    public record InstanceJson(
            String instance,
            String version,
            boolean self,
            Instant startedAt,
            Instant lastSeen,
            boolean settingsDiffer) {}

    private final ThisInstance self;
    private final FleetMemory fleet;
    private final StoreWatch store;

    @Inject
    public InstancesResource(ThisInstance self, FleetMemory fleet, StoreWatch store) {
        this.self = self;
        this.fleet = fleet;
        this.store = store;
    }

    /** JAX-RS insists on one without arguments and then leaves the making to CDI. */
    @SuppressWarnings("NullAway")
    public InstancesResource() {
        this.self = null;
        this.fleet = null;
        this.store = null;
    }

    /** By name. */
    @GET
    public List<InstanceJson> all() {
        List<InstanceJson> all = new ArrayList<>();
        all.add(new InstanceJson(self.name(), self.version(), true, self.startedAt(), store.now(), false));
        fleet.others().stream().map(this::other).forEach(all::add);
        all.sort(Comparator.comparing(InstanceJson::instance));
        return all;
    }

    private InstanceJson other(FleetMemory.Seen seen) {
        boolean differ = !seen.view().settingsHash().equals(self.settingsHash());
        return new InstanceJson(
                seen.view().instance(),
                seen.view().version(),
                false,
                seen.view().startedAt(),
                seen.at(),
                differ);
    }
}

package dev.tidegate.admin;

import dev.tidegate.monitor.report.DrainerView;
import dev.tidegate.monitor.report.FleetMemory;
import dev.tidegate.store.DrainerWish;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.SortedMap;

/** Drainers of the whole fleet, per instance inside. */
@Path("drainers")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
public class DrainersResource {
    private final FleetOf fleet;
    private final FleetMemory memory;

    @Inject
    public DrainersResource(FleetOf fleet, FleetMemory memory) {
        this.fleet = fleet;
        this.memory = memory;
    }

    /** JAX-RS insists on one without arguments and then leaves the making to CDI. */
    @SuppressWarnings("NullAway")
    public DrainersResource() {
        this.fleet = null;
        this.memory = null;
    }

    /** By name. */
    @GET
    public List<DrainerJson> all() {
        return fleet.drainers().values().stream().map(this::merge).toList();
    }

    /** One drainer; the ETag is the version of the operator's wish. */
    @GET
    @Path("{name}")
    public Response one(@PathParam("name") String name) {
        SortedMap<String, List<OnInstance<DrainerView>>> drainers = fleet.drainers();
        List<OnInstance<DrainerView>> parts = drainers.get(name);
        if (parts == null) {
            throw Unknown.name("drainer", name, drainers.keySet());
        }
        DrainerJson drainer = merge(parts);
        return Response.ok(drainer).tag(Long.toString(drainer.version())).build();
    }

    private DrainerJson merge(List<OnInstance<DrainerView>> parts) {
        DrainerWish wish = memory.wishes().get(parts.get(0).view().name());
        return DrainerMerge.of(wish == null ? 0 : wish.version(), parts);
    }
}

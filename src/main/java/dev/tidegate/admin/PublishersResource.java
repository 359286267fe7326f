package dev.tidegate.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Publishers of the whole fleet, per instance inside. */
@Path("publishers")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
public class PublishersResource {
    private final FleetOf fleet;

    @Inject
    public PublishersResource(FleetOf fleet) {
        this.fleet = fleet;
    }

    /** JAX-RS insists on one without arguments and then leaves the making to CDI. */
    @SuppressWarnings("NullAway")
    public PublishersResource() {
        this.fleet = null;
    }

    /** By name. */
    @GET
    public List<PublisherJson> all() {
        return fleet.publishers().values().stream().map(PublisherJson::of).toList();
    }
}

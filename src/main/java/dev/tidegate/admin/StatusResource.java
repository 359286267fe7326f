package dev.tidegate.admin;

import dev.tidegate.monitor.BrokerWatch;
import dev.tidegate.monitor.Condition;
import dev.tidegate.monitor.Conditions;
import dev.tidegate.monitor.StoreWatch;
import dev.tidegate.monitor.report.ThisInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** How this instance is, and why. */
@Path("status")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
public class StatusResource {
    /**
     * How this instance is.
     *
     * @param store UP or AWAY; while AWAY, circuits are shown as last known
     * @param broker UP, AWAY, or UNUSED where nothing is drained or published
     */
    public record StatusJson(
            String status, List<String> reasons, String store, String broker, String instance, String version) {}

    private final Conditions conditions;
    private final StoreWatch store;
    private final BrokerWatch broker;
    private final ThisInstance self;

    @Inject
    public StatusResource(Conditions conditions, StoreWatch store, BrokerWatch broker, ThisInstance self) {
        this.conditions = conditions;
        this.store = store;
        this.broker = broker;
        this.self = self;
    }

    /** JAX-RS insists on one without arguments and then leaves the making to CDI. */
    @SuppressWarnings("NullAway")
    public StatusResource() {
        this.conditions = null;
        this.store = null;
        this.broker = null;
        this.self = null;
    }

    @GET
    public StatusJson now() {
        Condition now = conditions.now();
        return new StatusJson(
                now.status().name(),
                now.reasons(),
                word(store.isReachable()),
                broker.word(),
                self.name(),
                self.version());
    }

    private static String word(boolean isReachable) {
        return isReachable ? "UP" : "AWAY";
    }
}

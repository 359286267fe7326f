package dev.tidegate.admin;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.StoreException;
import dev.tidegate.guard.Circuit;
import dev.tidegate.guard.Circuits;
import dev.tidegate.store.HistoryLog;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to all circuits. */
@Path("history")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
public class HistoryResource {
    private final Circuits circuits;
    private final HistoryLog history;

    @Inject
    public HistoryResource(Circuits circuits, HistoryLog history) {
        this.circuits = circuits;
        this.history = history;
    }

    /** JAX-RS insists on one without arguments and then leaves the making to CDI. */
    @SuppressWarnings("NullAway")
    public HistoryResource() {
        this.circuits = null;
        this.history = null;
    }

    /** Newest first: from (included) to (excluded), of one circuit or of all, of one kind or of both. */
    @GET
    public List<HistoryJson> entries(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("circuit") @Nullable String circuit,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("limit") @Nullable String limit)
            throws StoreException {
        HistoryLog.Query query = new HistoryLog.Query(
                circuit == null ? null : known(circuit),
                Query.instant("from", from),
                Query.instant("to", to),
                Query.oneOf("kind", kind, HistoryEntry.Kind.class),
                null,
                Query.limit(limit));
        return history.newest(query).stream().map(HistoryJson::of).toList();
    }

    private CircuitName known(String name) {
        return circuits.find(name)
                .map(Circuit::name)
                .orElseThrow(() -> Unknown.name(
                        "circuit",
                        name,
                        circuits.all().stream()
                                .map(circuit -> circuit.name().value())
                                .toList()));
    }
}

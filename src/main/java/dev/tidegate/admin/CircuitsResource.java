package dev.tidegate.admin;

import dev.tidegate.core.StoreException;
import dev.tidegate.guard.Circuit;
import dev.tidegate.guard.Circuits;
import dev.tidegate.store.HistoryLog;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Circuits, and what happened to one. */
@Path("circuits")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
public class CircuitsResource {
    private final Circuits circuits;
    private final CircuitDocuments documents;
    private final HistoryLog history;

    @Inject
    public CircuitsResource(Circuits circuits, CircuitDocuments documents, HistoryLog history) {
        this.circuits = circuits;
        this.documents = documents;
        this.history = history;
    }

    /** JAX-RS insists on one without arguments and then leaves the making to CDI. */
    @SuppressWarnings("NullAway")
    public CircuitsResource() {
        this.circuits = null;
        this.documents = null;
        this.history = null;
    }

    /** Every circuit that this instance uses, by name. */
    @GET
    public List<CircuitJson> all() {
        return circuits.all().stream()
                .sorted(Comparator.comparing(Circuit::name))
                .map(documents::of)
                .toList();
    }

    /** One circuit; the ETag is its row's version. */
    @GET
    @Path("{name}")
    public Response one(@PathParam("name") String name) {
        CircuitJson circuit = documents.of(find(name));
        return Response.ok(circuit).tag(Long.toString(circuit.version())).build();
    }

    /** What happened to one circuit, newest first. */
    @GET
    @Path("{name}/history")
    public List<HistoryJson> history(
            @PathParam("name") String name,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("before") @Nullable String before)
            throws StoreException {
        Circuit circuit = find(name);
        HistoryLog.Query query = new HistoryLog.Query(
                circuit.name(), null, null, null, Query.version("before", before), Query.limit(limit));
        return history.newest(query).stream().map(HistoryJson::of).toList();
    }

    private Circuit find(String name) {
        return circuits.find(name).orElseThrow(() -> Unknown.name("circuit", name, names()));
    }

    private List<String> names() {
        return circuits.all().stream().map(circuit -> circuit.name().value()).toList();
    }
}

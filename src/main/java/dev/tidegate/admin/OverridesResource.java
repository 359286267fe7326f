package dev.tidegate.admin;

import dev.tidegate.core.OperatorOverride;
import dev.tidegate.core.Ticker;
import dev.tidegate.guard.Circuit;
import dev.tidegate.guard.Circuits;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The overrides in force. */
@Path("overrides")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
public class OverridesResource {
    /**
     * One override in force.
     *
     * @param version the circuit's version: what a change must name
     */
    public record OverrideInForceJson(
            String circuit,
            String kind,
            String actor,
            String reason,
            @Nullable Instant until,
            long version) {}

    private final Circuits circuits;
    private final Ticker ticker;

    @Inject
    public OverridesResource(Circuits circuits, Ticker ticker) {
        this.circuits = circuits;
        this.ticker = ticker;
    }

    /** JAX-RS insists on one without arguments and then leaves the making to CDI. */
    @SuppressWarnings("NullAway")
    public OverridesResource() {
        this.circuits = null;
        this.ticker = null;
    }

    /** By circuit. */
    @GET
    public List<OverrideInForceJson> inForce() {
        return circuits.all().stream()
                .sorted(Comparator.comparing(Circuit::name))
                .flatMap(this::of)
                .toList();
    }

    private Stream<OverrideInForceJson> of(Circuit circuit) {
        OperatorOverride override = circuit.snapshot().overrideAt(ticker.nanos());
        if (override == null) {
            return Stream.empty();
        }
        return Stream.of(new OverrideInForceJson(
                circuit.name().value(),
                override.kind().name(),
                override.actor(),
                override.reason(),
                override.until(),
                circuit.snapshot().record().version()));
    }
}

package dev.tidegate.container;

import dev.tidegate.guard.CircuitOpenException;
import dev.tidegate.guard.Guarded;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** A JAX-RS resource. */
@Path("payments")
@RequestScoped
public class PaymentsResource {
    @Inject
    Bank bank;

    @GET
    @Guarded("resource")
    public String charge() throws BankIsDownException {
        return bank.charge();
    }

    /** As an application tells its callers that a circuit is open. */
    @Provider
    public static class OpenCircuit implements ExceptionMapper<CircuitOpenException> {
        @Override
        public Response toResponse(CircuitOpenException refused) {
            long seconds = Math.max(1, refused.retryAfter().toSeconds());
            return Response.status(503).header("Retry-After", seconds).build();
        }
    }
}

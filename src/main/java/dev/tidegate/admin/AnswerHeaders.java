package dev.tidegate.admin;

import dev.tidegate.monitor.StoreWatch;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;

/** Marks each answer of the API as of now: not to be kept, and with the time by which its instants are counted down. */
@Provider
@Dependent
public class AnswerHeaders implements ContainerResponseFilter {
    /** The store's time as this instance knows it: what retryAt, until and since are to be compared with. */
    static final String NOW = "Tidegate-Now";

    private static final Annotation[] NONE = {};

    private final StoreWatch store;

    @Inject
    public AnswerHeaders(StoreWatch store) {
        this.store = store;
    }

    /** JAX-RS insists on one without arguments and then leaves the making to CDI. */
    @SuppressWarnings("NullAway")
    public AnswerHeaders() {
        this.store = null;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle("Cache-Control", "no-store");
        response.getHeaders().putSingle(NOW, store.now().toString());
        if (response.getStatus() >= 400 && !response.hasEntity()) {
            // The server asks for a login by itself and says nothing but the status.
            Problem problem = Problem.of(response.getStatus(), ProblemMapper.detailOf(response.getStatus()));
            response.setEntity(problem, NONE, MediaType.valueOf(Problem.MEDIA_TYPE));
        }
    }
}

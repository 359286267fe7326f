package dev.tidegate.admin;

import dev.tidegate.core.StoreException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Turns whatever ends a call into a problem document. Without it the server would send an unmapped exception's message as a
 * header of the answer.
 */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());

    @Override
    public Response toResponse(Throwable error) {
        if (error instanceof WebApplicationException http) {
            return ofHttp(http.getResponse());
        }
        Problem problem = problemOf(error);
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }

    static Problem problemOf(Throwable error) {
        if (error instanceof ProblemException known) {
            return known.problem();
        }
        if (error instanceof StoreException) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a call of the API got no answer from the store: {0}",
                    error.getMessage());
            return Problem.of(503, "the store does not answer: try again later");
        }
        LOG.log(System.Logger.Level.ERROR, "a call of the API failed", error);
        return Problem.of(500, "the server failed at this call: its log tells why");
    }

    // Keeps headers such as Allow, and none of the text: it may hold class names or addresses.
    private static Response ofHttp(Response original) {
        int status = original.getStatus();
        if (status < 400) {
            return original;
        }
        return Response.fromResponse(original)
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.of(status, detailOf(status)))
                .build();
    }

    static String detailOf(int status) {
        return switch (status) {
            case 401 ->
                "this needs a login with role viewer, operator or admin; a server that nobody can log in to yet wants"
                        + " TIDEGATE_ADMIN_PASSWORD set in its environment, or a user registry in configDropins";
            case 403 -> "you are logged in, but none of your roles permits this: it needs viewer, operator or admin";
            case 404 -> "there is nothing at this path: docs/api.md and /openapi list the calls";
            case 405 -> "this path does not take that method: the header Allow lists those that it takes";
            case 406 -> "this path answers with application/json only";
            case 415 -> "this path takes application/json only";
            default -> status >= 500 ? "the server failed at this call: its log tells why" : "the request is not valid";
        };
    }
}

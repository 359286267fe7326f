package dev.tidegate.benchmark.interceptor;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Runs one round inside the server, on the request's own thread, and answers what it measured. */
@Path("rounds/{contender}/{millis}")
@RequestScoped
public class RoundsResource {
    /** Beside Tidegate's own. */
    @ApplicationPath("app")
    public static class Resources extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(RoundsResource.class);
        }
    }

    @Inject
    PlainCalls plain;

    @Inject
    PassedOnCalls passedOn;

    @Inject
    GuardedCalls guarded;

    @Inject
    DirectCalls direct;

    @Inject
    FaultTolerantCalls faultTolerant;

    private Calls bean(String contender) {
        return switch (contender) {
            case "plain" -> plain;
            case "passed-on" -> passedOn;
            case "guarded" -> guarded;
            case "direct" -> direct;
            case "fault-tolerant" -> faultTolerant;
            default -> throw new IllegalArgumentException(contender);
        };
    }

    @GET
    public String run(@PathParam("contender") String contender, @PathParam("millis") long millis) throws Exception {
        Round round = Round.of(bean(contender), millis * 1_000_000);
        return round.calls() + " " + round.nanos() + " " + round.cpuNanos() + " " + round.bytes();
    }
}

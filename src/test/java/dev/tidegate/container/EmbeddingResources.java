package dev.tidegate.container;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The application's own resources, beside Tidegate's. */
@ApplicationPath("app")
public class EmbeddingResources extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(PaymentsResource.class, PaymentsResource.OpenCircuit.class);
    }
}

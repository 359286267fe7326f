package dev.tidegate.admin;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The API. Its classes are listed here and not scanned for: what is not in the list cannot be called. */
@ApplicationPath("api/v1")
public class AdminApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                CircuitsResource.class,
                DrainersResource.class,
                HistoryResource.class,
                InstancesResource.class,
                OverridesResource.class,
                PublishersResource.class,
                SettingsResource.class,
                StatusResource.class,
                AnswerHeaders.class,
                JsonOfDocuments.class,
                ProblemMapper.class);
    }
}

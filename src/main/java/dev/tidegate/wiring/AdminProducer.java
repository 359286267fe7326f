package dev.tidegate.wiring;

import dev.tidegate.admin.EffectiveSettings;
import dev.tidegate.drain.Drainers;
import dev.tidegate.guard.Circuits;
import dev.tidegate.health.HealthRules;
import dev.tidegate.metrics.Meters;
import dev.tidegate.monitor.BrokerWatch;
import dev.tidegate.monitor.StoreWatch;
import dev.tidegate.publish.Publishers;
import dev.tidegate.store.HistoryLog;
import dev.tidegate.store.JdbcHistoryLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** What health, meters and API look at. */
@Dependent
public class AdminProducer {
    private static final Duration READING_TIMEOUT = Duration.ofSeconds(2);

    @Produces
    @Singleton
    HealthRules rules(TidegateSettings settings) {
        return new HealthRules(
                settings.health().isDegradedReady(), settings.health().stuckAfter());
    }

    @Produces
    @Singleton
    EffectiveSettings effective(LiveSettings settings) {
        return new ShownSettings(settings::current);
    }

    @Produces
    @ApplicationScoped
    HistoryLog history(ServerResources.Provided provided) {
        return new JdbcHistoryLog(provided.reading(), READING_TIMEOUT);
    }

    @Produces
    @Singleton
    Meters meters(
            MetricRegistry registry,
            Circuits circuits,
            Drainers drainers,
            Publishers publishers,
            StoreWatch store,
            BrokerWatch broker) {
        return new Meters(registry, circuits, drainers, publishers, store, broker);
    }
}

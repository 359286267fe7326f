package dev.tidegate.wiring;

import dev.tidegate.core.Ticker;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;

/** Time, chance and threads. */
@Dependent
public class BaseProducer {
    @Produces
    @Singleton
    Surroundings surroundings() {
        return Surroundings.real();
    }

    @Produces
    @Singleton
    Ticker ticker(Surroundings surroundings) {
        return surroundings.ticker();
    }

    @Produces
    @Singleton
    Threads threads(ServerResources.Provided provided) {
        return new Threads(provided.threads());
    }

    @Produces
    @Singleton
    LiveSettings live(TidegateSettings settings) {
        return new LiveSettings(settings, new MicroProfileConfigView(ConfigProvider.getConfig()));
    }
}

package dev.tidegate.wiring;

import dev.tidegate.core.CircuitStore;
import dev.tidegate.guard.CircuitEvents;
import dev.tidegate.store.DrainerWishes;
import dev.tidegate.store.FleetCount;
import dev.tidegate.store.FleetTallies;
import dev.tidegate.store.InstanceReports;
import dev.tidegate.store.JdbcDrainerWishes;
import dev.tidegate.store.JdbcFleetTallies;
import dev.tidegate.store.JdbcInstanceReports;
import dev.tidegate.store.JdbcLetterMarks;
import dev.tidegate.store.JdbcSkipWishes;
import dev.tidegate.store.JpaCircuitStore;
import dev.tidegate.store.JtaTransactions;
import dev.tidegate.store.LetterMarks;
import dev.tidegate.store.PostgresListener;
import dev.tidegate.store.Schema;
import dev.tidegate.store.SkipWishes;
import dev.tidegate.store.StoreLink;
import dev.tidegate.store.StoreOutage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The store, and the link of this instance to it. */
@Dependent
public class StoreProducer {
    // A few times a store's usual answer; beyond it the instance goes on without the store.
    private static final Duration NETWORK_TIMEOUT = Duration.ofSeconds(1);
    private static final int STORE_THREADS = 4;
    private static final int STORE_WAITING = 256;

    @Produces
    @Singleton
    Schema schema(ServerResources.Provided provided) {
        return new Schema(provided.protocol());
    }

    /** What hears of the other instances' changes, where the database can tell and shall. */
    record Push(@Nullable PostgresListener listener) {}

    @Produces
    @Singleton
    Push push(ServerResources.Provided provided, TidegateSettings settings) {
        boolean isPostgresql = settings.databaseUrl() != null
                && settings.databaseUrl().toLowerCase(Locale.ROOT).startsWith("jdbc:postgresql:");
        return new Push(
                isPostgresql && settings.store().isPushed()
                        ? new PostgresListener(
                                provided.listening(), provided.threads(), PostgresListener.Timing.DEFAULTS)
                        : null);
    }

    /** An application may bring its own store as an alternative. */
    @Produces
    @ApplicationScoped
    CircuitStore store(ServerResources.Provided provided, Push push) {
        return new JpaCircuitStore(
                new JtaTransactions(provided.transaction(), provided.entities()), NETWORK_TIMEOUT, push.listener());
    }

    @Produces
    @Singleton
    StoreOutage outage(Surroundings surroundings, CircuitEvents events) {
        return new StoreOutage(surroundings.ticker(), new OutageLog(events));
    }

    @Produces
    @Singleton
    StoreLink link(
            CircuitStore store,
            TidegateSettings settings,
            Surroundings surroundings,
            Threads threads,
            StoreOutage outage) {
        return new StoreLink(
                store,
                settings.store(),
                surroundings.ticker(),
                threads.pool(STORE_THREADS, STORE_WAITING),
                threads.scheduler(1),
                outage);
    }

    @Produces
    @ApplicationScoped
    InstanceReports reports(ServerResources.Provided provided) {
        return new JdbcInstanceReports(provided.reading(), NETWORK_TIMEOUT);
    }

    /** An application that brings its own store brings these as well. */
    @Produces
    @ApplicationScoped
    FleetTallies tallies(ServerResources.Provided provided) {
        return new JdbcFleetTallies(provided.reading(), NETWORK_TIMEOUT);
    }

    @Produces
    @Singleton
    FleetCount fleetCount(TidegateSettings settings, FleetTallies tallies, StoreLink link, StoreOutage outage) {
        return new FleetCount(settings.instance(), tallies, link::breakers, outage, settings.tallyInterval());
    }

    @Produces
    @ApplicationScoped
    DrainerWishes wishes(ServerResources.Provided provided, Push push) {
        return new JdbcDrainerWishes(provided.reading(), NETWORK_TIMEOUT, push.listener());
    }

    @Produces
    @ApplicationScoped
    SkipWishes skips(ServerResources.Provided provided, Push push) {
        return new JdbcSkipWishes(provided.reading(), NETWORK_TIMEOUT, push.listener());
    }

    @Produces
    @ApplicationScoped
    LetterMarks letterMarks(ServerResources.Provided provided) {
        return new JdbcLetterMarks(provided.reading(), NETWORK_TIMEOUT);
    }
}

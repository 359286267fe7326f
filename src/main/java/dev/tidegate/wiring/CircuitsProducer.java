package dev.tidegate.wiring;

import dev.tidegate.core.CoarseTicker;
import dev.tidegate.guard.CircuitDefinition;
import dev.tidegate.guard.CircuitEvents;
import dev.tidegate.guard.CircuitOperator;
import dev.tidegate.guard.Circuits;
import dev.tidegate.guard.FleetCircuits;
import dev.tidegate.store.StoreLink;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The circuits of this instance. */
@Dependent
public class CircuitsProducer {
    private static final int EVENTS_WAITING = 10_000;
    private static final int CALLERS = 4;

    /** One thread, so that observers hear of events in their order. */
    @Produces
    @Singleton
    CircuitEvents events(Threads threads, @Any Event<Object> observers) {
        return new CircuitEvents(threads.pool(1, EVENTS_WAITING), observers::fire);
    }

    @Produces
    @ApplicationScoped
    Circuits circuits(FleetCircuits fleet) {
        return fleet;
    }

    /** Typed, so that there is one bean of {@link Circuits} and not two. */
    @Produces
    @Singleton
    @Typed(FleetCircuits.class)
    FleetCircuits fleet(
            TidegateSettings settings,
            LiveSettings live,
            StoreLink link,
            Surroundings surroundings,
            CircuitEvents events,
            Threads threads) {
        CoarseTicker ticker = surroundings.ticker();
        long period = CoarseTicker.PERIOD.toMillis();
        ScheduledFuture<?> unused =
                threads.scheduler(1).scheduleAtFixedRate(ticker::refresh, period, period, TimeUnit.MILLISECONDS);
        return new FleetCircuits(
                settings.instance(),
                link,
                name -> {
                    CircuitSettings circuit = live.current().circuit(name.value());
                    return new CircuitDefinition(circuit.kind(), circuit.policy(), circuit.classification());
                },
                settings.store().pollInterval(),
                settings.store().timeout(),
                ticker,
                surroundings.random(),
                surroundings.tokens(),
                events,
                threads.pool(CALLERS, EVENTS_WAITING));
    }

    /** What operators' calls go through. */
    @Produces
    @Singleton
    CircuitOperator operator(TidegateSettings settings, Circuits circuits, StoreLink link, Surroundings surroundings) {
        return new CircuitOperator(settings.instance(), circuits, link, surroundings.tokens());
    }
}

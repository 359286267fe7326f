package dev.tidegate.guard;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.Ticker;
import dev.tidegate.store.StoreLink;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The circuits of this instance, joined to the fleet by one link to the store. Thread-safe. */
public final class FleetCircuits implements Circuits {
    private final String instance;
    private final StoreLink link;
    private final Function<CircuitName, CircuitDefinition> definitions;
    private final Duration handicap;
    private final Duration storeTimeout;
    private final Ticker ticker;
    private final RandomGenerator random;
    private final Supplier<String> tokens;
    private final CircuitEvents events;
    private final Executor callers;
    private final ConcurrentNavigableMap<CircuitName, FleetCircuit> circuits = new ConcurrentSkipListMap<>();

    /**
     * @param definitions the policy of every circuit that may be asked for
     * @param handicap one poll interval
     * @param storeTimeout the longest that {@link Circuit#acquire()} waits for a claim
     * @param random thread-safe; for jitter only
     * @param callers runs what callers do once a claim was answered; what it refuses runs where the answer came
     */
    public FleetCircuits(
            String instance,
            StoreLink link,
            Function<CircuitName, CircuitDefinition> definitions,
            Duration handicap,
            Duration storeTimeout,
            Ticker ticker,
            RandomGenerator random,
            Supplier<String> tokens,
            CircuitEvents events,
            Executor callers) {
        this.instance = instance;
        this.link = link;
        this.definitions = definitions;
        this.handicap = handicap;
        this.storeTimeout = storeTimeout;
        this.ticker = ticker;
        this.random = random;
        this.tokens = tokens;
        this.events = events;
        this.callers = callers;
    }

    @Override
    public Circuit circuit(String name) {
        CircuitName circuit = new CircuitName(name);
        FleetCircuit known = circuits.get(circuit);
        return known != null ? known : join(circuit);
    }

    // One at a time: two objects of one circuit would be one too many, and only one of them would get the fleet's news.
    private synchronized FleetCircuit join(CircuitName name) {
        FleetCircuit known = circuits.get(name);
        if (known != null) {
            return known;
        }
        CircuitDefinition definition = definitions.apply(name);
        FleetCircuit circuit = new FleetCircuit(
                name, definition, instance, handicap, storeTimeout, ticker, random, tokens, link, events, callers);
        link.attach(circuit.breaker());
        circuits.put(name, circuit);
        return circuit;
    }

    /** Lets every circuit follow the policy that it is given now; those that did not change go on untouched. */
    public void follow(Function<CircuitName, CircuitPolicy> policies) {
        circuits.values().forEach(circuit -> circuit.follow(policies.apply(circuit.name())));
    }

    @Override
    public Optional<Circuit> find(String name) {
        return circuits.values().stream()
                .filter(circuit -> circuit.name().value().equals(name))
                .findFirst()
                .map(Circuit.class::cast);
    }

    @Override
    public Collection<Circuit> all() {
        return List.copyOf(circuits.values());
    }
}

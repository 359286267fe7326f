package dev.tidegate.metrics;

import dev.tidegate.core.AutomaticState;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Counters;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.core.RefusalReason;
import dev.tidegate.core.Snapshot;
import dev.tidegate.core.Subscription;
import dev.tidegate.guard.Circuit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.microprofile.metrics.Tag;

/** One circuit's meters. Only the listener is called by several threads. */
final class CircuitMeters {
    private record Edge(AutomaticState from, AutomaticState to) {}

    private final Circuit circuit;
    private final Registered registered;
    private final Tag name;
    private final Total successes;
    private final Total failures;
    private final Total neutrals;
    private final Total inconclusives;
    private final Total slows;
    private final Total spared;
    private final Total probes;
    private final Total lates;
    private final Map<RefusalReason, Total> refusals = new EnumMap<>(RefusalReason.class);
    private final Map<Edge, LongAdder> edges = new ConcurrentHashMap<>();
    private final Map<Edge, Total> transitions = new HashMap<>();
    private final Subscription changes;
    private CircuitRecord last;

    CircuitMeters(Circuit circuit, Registered registered) {
        this.circuit = circuit;
        this.registered = registered;
        this.name = new Tag("circuit", circuit.name().value());
        Tag kind = new Tag("kind", circuit.kind().name().toLowerCase(Locale.ROOT));
        for (EffectiveState state : EffectiveState.values()) {
            registered.gauge(
                    Meter.CIRCUIT_STATE,
                    () -> circuit.state() == state ? 1 : 0,
                    name,
                    kind,
                    new Tag("state", state.name()));
        }
        registered.gauge(Meter.CIRCUIT_FAILURE_RATIO, () -> circuit.window().failureRatio(), name);
        successes = calls("success");
        failures = calls("failure");
        neutrals = calls("neutral");
        inconclusives = calls("inconclusive");
        spared = registered.total(Meter.CIRCUIT_SPARED, name);
        slows = registered.total(Meter.CIRCUIT_SLOW, name);
        probes = registered.total(Meter.CIRCUIT_PROBES, name);
        lates = registered.total(Meter.CIRCUIT_LATE, name);
        for (RefusalReason reason : RefusalReason.values()) {
            refusals.put(reason, registered.total(Meter.CIRCUIT_REFUSED, name, new Tag("reason", reason.name())));
        }
        last = circuit.snapshot().record();
        // An increase from nothing is not seen by rate(): the edges of every recovery are there from the start.
        transition(new Edge(AutomaticState.CLOSED, AutomaticState.OPEN));
        transition(new Edge(AutomaticState.OPEN, AutomaticState.HALF_OPEN));
        transition(new Edge(AutomaticState.HALF_OPEN, AutomaticState.OPEN));
        transition(new Edge(AutomaticState.HALF_OPEN, AutomaticState.CLOSED));
        changes = circuit.onChange(this::changed);
    }

    /** Brings every counter up to the figures of now. */
    void follow() {
        Counters counters = circuit.counters();
        successes.follow(counters.successes());
        failures.follow(counters.failures());
        neutrals.follow(counters.neutrals());
        inconclusives.follow(counters.inconclusives());
        spared.follow(counters.spared());
        slows.follow(counters.slows());
        probes.follow(counters.probes());
        lates.follow(counters.lates());
        refusals.forEach((reason, total) -> total.follow(counters.refused(reason)));
        edges.forEach((edge, count) -> transition(edge).follow(count.sum()));
    }

    void close() {
        changes.close();
    }

    private synchronized void changed(Snapshot snapshot) {
        CircuitRecord next = snapshot.record();
        if (next.epoch() > last.epoch()) {
            edges.computeIfAbsent(new Edge(last.state(), next.state()), ignored -> new LongAdder())
                    .increment();
            last = next;
        }
    }

    private Total calls(String outcome) {
        return registered.total(Meter.CIRCUIT_CALLS, name, new Tag("outcome", outcome));
    }

    private Total transition(Edge edge) {
        return transitions.computeIfAbsent(
                edge,
                ignored -> registered.total(
                        Meter.CIRCUIT_TRANSITIONS,
                        name,
                        new Tag("from", edge.from().name()),
                        new Tag("to", edge.to().name())));
    }
}

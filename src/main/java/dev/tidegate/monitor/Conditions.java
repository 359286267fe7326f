package dev.tidegate.monitor;

import dev.tidegate.core.EffectiveState;
import dev.tidegate.drain.Drainer;
import dev.tidegate.drain.DrainerState;
import dev.tidegate.drain.DrainerStatus;
import dev.tidegate.drain.Drainers;
import dev.tidegate.guard.Circuit;
import dev.tidegate.guard.Circuits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Says how this instance is, from memory. Thread-safe. */
public final class Conditions {
    private final StartProgress start;
    private final StoreWatch store;
    private final BrokerWatch broker;
    private final Circuits circuits;
    private final Drainers drainers;

    public Conditions(StartProgress start, StoreWatch store, BrokerWatch broker, Circuits circuits, Drainers drainers) {
        this.start = start;
        this.store = store;
        this.broker = broker;
        this.circuits = circuits;
        this.drainers = drainers;
    }

    /** The condition at this moment. */
    public Condition now() {
        List<DrainerStatus> statuses =
                drainers.all().stream().map(Drainer::status).toList();
        List<String> unhealthy = unhealthy(statuses);
        List<String> degraded = degraded(statuses);
        if (!unhealthy.isEmpty()) {
            unhealthy.addAll(degraded);
            return new Condition(Condition.Status.UNHEALTHY, unhealthy);
        }
        return new Condition(degraded.isEmpty() ? Condition.Status.HEALTHY : Condition.Status.DEGRADED, degraded);
    }

    private List<String> unhealthy(List<DrainerStatus> statuses) {
        List<String> reasons = new ArrayList<>();
        if (!start.isStarted()) {
            reasons.add("this instance has not started yet: " + start.phase());
        }
        if (!broker.isReachable()) {
            reasons.add("the Kafka broker does not answer");
        }
        statuses.stream()
                .filter(status -> status.state() == DrainerState.FAILED)
                .map(status -> "drainer " + status.name() + " FAILED: " + status.cause())
                .forEach(reasons::add);
        return reasons;
    }

    private List<String> degraded(List<DrainerStatus> statuses) {
        List<String> reasons = new ArrayList<>();
        if (!store.isReachable()) {
            reasons.add("the store does not answer: circuits go on with the last that is known");
        }
        circuits.all().stream()
                .sorted(Comparator.comparing(Circuit::name))
                .filter(circuit -> circuit.state() != EffectiveState.CLOSED)
                .map(circuit -> "circuit " + circuit.name() + " is " + circuit.state())
                .forEach(reasons::add);
        statuses.stream().flatMap(Conditions::hindrance).forEach(reasons::add);
        return reasons;
    }

    private static Stream<String> hindrance(DrainerStatus status) {
        return switch (status.state()) {
            case WAITING, PAUSED, STOPPED ->
                Stream.of("drainer " + status.name() + " is " + status.state()
                        + (status.cause() == null ? "" : ": " + status.cause()));
            case RUNNING, PROBING ->
                status.blocking() == null
                        ? Stream.empty()
                        : Stream.of("drainer " + status.name() + " is held up by one record of "
                                + status.blocking().topic() + "-"
                                + status.blocking().partition());
            case FAILED -> Stream.empty();
        };
    }
}

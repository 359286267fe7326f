package dev.tidegate.metrics;

import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetadataBuilder;
import org.eclipse.microprofile.metrics.MetricUnits;

/** Every meter of Tidegate, with the name under which it is exported and what it tells. Names never change their meaning. */
enum Meter {
    CIRCUIT_STATE("tidegate_circuit_state", MetricUnits.NONE, "1 for the state that callers meet, 0 for the others"),
    CIRCUIT_CALLS("tidegate_circuit_calls_total", MetricUnits.NONE, "Guarded calls that ended, by outcome"),
    CIRCUIT_SLOW(
            "tidegate_circuit_slow_calls_total",
            MetricUnits.NONE,
            "Guarded calls that took as long as a slow call does, however they ended"),
    CIRCUIT_PROBES("tidegate_circuit_probes_total", MetricUnits.NONE, "Permits given to probe while half-open"),
    CIRCUIT_REFUSED("tidegate_circuit_refused_total", MetricUnits.NONE, "Calls that got no permit, by reason"),
    CIRCUIT_SPARED(
            "tidegate_circuit_spared_total",
            MetricUnits.NONE,
            "Calls let through that the automatics would have refused: bypassed or observing"),
    CIRCUIT_LATE("tidegate_circuit_late_total", MetricUnits.NONE, "Results that came after the circuit had moved on"),
    CIRCUIT_TRANSITIONS(
            "tidegate_circuit_transitions_total",
            MetricUnits.NONE,
            "Changes of the automatic state as this instance saw them"),
    CIRCUIT_FAILURE_RATIO(
            "tidegate_circuit_failure_ratio", MetricUnits.NONE, "Failures per call in this instance's window, 0 to 1"),
    DRAINER_STATE("tidegate_drainer_state", MetricUnits.NONE, "1 for the state of the drainer, 0 for the others"),
    DRAINER_LAG(
            "tidegate_drainer_lag_records",
            MetricUnits.NONE,
            "Records between the committed offset and the end, over the partitions that this instance owns"),
    DRAINER_PARTITIONS("tidegate_drainer_partitions", MetricUnits.NONE, "Partitions that this instance owns"),
    DRAINER_PAUSED(
            "tidegate_drainer_partitions_paused",
            MetricUnits.NONE,
            "Partitions that this instance owns and has paused, by cause; a partition may have several"),
    DRAINER_IN_FLIGHT("tidegate_drainer_in_flight_records", MetricUnits.NONE, "Records handed to the processor"),
    DRAINER_BUFFERED("tidegate_drainer_buffered_records", MetricUnits.NONE, "Records fetched and not handed over yet"),
    DRAINER_HANDLED("tidegate_drainer_handled_total", MetricUnits.NONE, "Records handled"),
    DRAINER_REJECTED("tidegate_drainer_rejected_total", MetricUnits.NONE, "Records found bad and dead-lettered"),
    DRAINER_FAILED("tidegate_drainer_failed_total", MetricUnits.NONE, "Attempts that failed; the record stays"),
    PUBLISHER_RECORDS("tidegate_publisher_records_total", MetricUnits.NONE, "Records to be sent, by outcome"),
    PUBLISHER_IN_FLIGHT(
            "tidegate_publisher_in_flight_records", MetricUnits.NONE, "Records sent and not acknowledged yet"),
    STORE_REACHABLE("tidegate_store_reachable", MetricUnits.NONE, "1 while the store answers, else 0"),
    STORE_OUTAGES("tidegate_store_outages_total", MetricUnits.NONE, "Times that the store went away"),
    BROKER_REACHABLE("tidegate_broker_reachable", MetricUnits.NONE, "1 while the Kafka broker answers, else 0");

    private final String exported;
    private final String unit;
    private final String description;

    Meter(String exported, String unit, String description) {
        this.exported = exported;
        this.unit = unit;
        this.description = description;
    }

    String exported() {
        return exported;
    }

    Metadata metadata() {
        return new MetadataBuilder()
                .withName(exported)
                .withUnit(unit)
                .withDescription(description)
                .build();
    }
}

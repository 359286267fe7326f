package dev.tidegate.core;

/** Why the record is in its automatic state, as stored, logged and shown. */
public enum Cause {
    /** The row is new. */
    CREATED,
    /** As many calls in a row failed as the failure threshold says. */
    CONSECUTIVE_FAILURES,
    /** The failure ratio of the window was reached. */
    FAILURE_RATIO,
    /** The slow-call ratio of the window was reached. */
    SLOW_RATIO,
    /** The failure ratio over all instances was reached. */
    FLEET_RATE,
    /** The break was over and an instance took the lease. */
    BREAK_OVER,
    /** The lease ran out and an instance took it over. */
    LEASE_EXPIRED,
    /** Enough probes succeeded. */
    PROBES_SUCCEEDED,
    /** A probe failed. */
    PROBE_FAILED,
    /** Decided locally while the store was away, written on its return. */
    OUTAGE,
    /** The store had been set back to an older copy. */
    RESTORED,
    /** An operator reset the circuit. */
    RESET
}

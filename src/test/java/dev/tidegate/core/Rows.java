package dev.tidegate.core;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Rows and decisions for tests, at one fixed moment of the store's time. */
final class Rows {
    static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    static final CircuitName ORDERS = new CircuitName("orders");
    static final Duration LEASE = Duration.ofSeconds(60);
    static final Duration BREAK = Duration.ofSeconds(30);

    private Rows() {}

    static CircuitRecord closed() {
        return row(AutomaticState.CLOSED, null, null);
    }

    static CircuitRecord open(Instant retryAt) {
        return row(AutomaticState.OPEN, retryAt, null);
    }

    static CircuitRecord halfOpen(Instant leaseUntil) {
        return row(AutomaticState.HALF_OPEN, null, new Lease("a", leaseUntil, 1, 2));
    }

    static CircuitRecord row(AutomaticState state, @Nullable Instant retryAt, @Nullable Lease lease) {
        return new CircuitRecord(
                ORDERS,
                9,
                new Fence(4, "t4"),
                state,
                NOW.minusSeconds(100),
                retryAt,
                2,
                Cause.CREATED,
                null,
                Counts.NONE,
                null,
                lease,
                null,
                "a");
    }

    static CircuitRecord isolated(CircuitRecord row, @Nullable Instant until) {
        return row.withOverride(
                new OperatorOverride(OperatorOverride.Kind.ISOLATED, "op", "because", until, row.version() + 1));
    }

    static Decision.Trip trip(Fence base) {
        return new Decision.Trip(
                ORDERS,
                base,
                "t5",
                "b",
                Cause.CONSECUTIVE_FAILURES,
                "5 in a row",
                BREAK,
                1,
                new Counts(9, 5, 0),
                "503");
    }

    static Decision.Claim claim(Fence base) {
        return new Decision.Claim(ORDERS, base, "t5", "b", Cause.BREAK_OVER, LEASE);
    }

    static Decision.Takeover takeover(Fence base) {
        return new Decision.Takeover(ORDERS, base, "t5", "b", Cause.LEASE_EXPIRED, LEASE);
    }

    static Decision.GiveBack giveBack(Fence base) {
        return new Decision.GiveBack(ORDERS, base, "t5", "a");
    }

    static Decision.Renew renew(Fence base) {
        return new Decision.Renew(ORDERS, base, "t5", "a", LEASE, 3, 4);
    }

    static Decision.Close close(Fence base) {
        return new Decision.Close(ORDERS, base, "t5", "a", Cause.PROBES_SUCCEEDED, "2 succeeded", 0);
    }

    static Decision.Reopen reopen(Fence base) {
        return new Decision.Reopen(ORDERS, base, "t5", "a", "503", BREAK, 3, "503");
    }

    static Decision.Reset reset(Fence base) {
        return new Decision.Reset(ORDERS, base, "t5", "a", "op", "repaired");
    }

    static Decision.Restore restore(Fence base, long greatest) {
        return new Decision.Restore(ORDERS, base, "t5", "a", greatest, BREAK);
    }
}

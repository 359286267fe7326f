package dev.tidegate.contract;

import dev.tidegate.core.Cause;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Counts;
import dev.tidegate.core.Decision;
import dev.tidegate.core.OperatorOverride;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Makes decisions of one instance on a row, each with a token of its own. Thread-safe. */
public final class Decide {
    private static final AtomicLong TOKENS = new AtomicLong();

    private final String instance;

    public Decide(String instance) {
        this.instance = instance;
    }

    private String token() {
        return instance + "-" + TOKENS.incrementAndGet();
    }

    public Decision.Trip trip(CircuitRecord row, Duration breakDuration) {
        return trip(row, breakDuration, "IOException: connection refused");
    }

    public Decision.Trip trip(CircuitRecord row, Duration breakDuration, @Nullable String lastError) {
        return new Decision.Trip(
                row.name(),
                row.fence(),
                token(),
                instance,
                Cause.CONSECUTIVE_FAILURES,
                "5 calls in a row failed",
                breakDuration,
                row.failedRounds() + 1,
                new Counts(7, 5, 1),
                lastError);
    }

    public Decision.Claim claim(CircuitRecord row, Duration lease) {
        return new Decision.Claim(row.name(), row.fence(), token(), instance, Cause.BREAK_OVER, lease);
    }

    public Decision.Takeover takeover(CircuitRecord row, Duration lease) {
        return new Decision.Takeover(row.name(), row.fence(), token(), instance, Cause.LEASE_EXPIRED, lease);
    }

    public Decision.GiveBack giveBack(CircuitRecord row) {
        return new Decision.GiveBack(row.name(), row.fence(), token(), instance);
    }

    public Decision.Renew renew(CircuitRecord row, Duration lease, int succeeded, int neutral) {
        return new Decision.Renew(row.name(), row.fence(), token(), instance, lease, succeeded, neutral);
    }

    public Decision.Close close(CircuitRecord row) {
        return new Decision.Close(
                row.name(), row.fence(), token(), instance, Cause.PROBES_SUCCEEDED, "1 probe succeeded", 0);
    }

    public Decision.Reopen reopen(CircuitRecord row, Duration breakDuration) {
        return new Decision.Reopen(
                row.name(),
                row.fence(),
                token(),
                instance,
                "the probe failed",
                breakDuration,
                row.failedRounds() + 1,
                "HTTP 503");
    }

    public Decision.Restore restore(CircuitRecord row, long greatestEpochSeen, Duration breakDuration) {
        return new Decision.Restore(row.name(), row.fence(), token(), instance, greatestEpochSeen, breakDuration);
    }

    public Decision.Reset reset(CircuitRecord row) {
        return new Decision.Reset(row.name(), row.fence(), token(), instance, "anna", "the downstream was mended");
    }

    public Decision.SetOverride override(
            CircuitRecord row, OperatorOverride.Kind kind, @Nullable Duration lasts, @Nullable Long replaces) {
        return new Decision.SetOverride(
                row.name(), row.fence(), token(), instance, kind, "anna", "maintenance until noon", lasts, replaces);
    }

    public Decision.EndOverride release(CircuitRecord row, long id) {
        return new Decision.EndOverride(row.name(), row.fence(), token(), instance, id, "ben", "done");
    }

    public Decision.EndOverride recordEnd(CircuitRecord row, long id) {
        return new Decision.EndOverride(row.name(), row.fence(), token(), instance, id, null, null);
    }
}

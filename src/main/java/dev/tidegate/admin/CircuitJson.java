package dev.tidegate.admin;

import dev.tidegate.monitor.report.WindowView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One circuit as the API shows it. Instants are the store's time.
 *
 * @param state what callers meet
 * @param automaticState what this instance acts by, whatever an operator holds over it
 * @param pending whether this instance decided what the store has not confirmed yet
 * @param since when the automatic state began, or {@code null} while the store has not confirmed it
 * @param window of the whole fleet
 * @param policy by the last part of the key
 */
public record CircuitJson(
        String name,
        String kind,
        String state,
        String automaticState,
        boolean pending,
        boolean observing,
        long version,
        long epoch,
        @Nullable Instant since,
        @Nullable String cause,
        @Nullable String detail,
        @Nullable String lastError,
        @Nullable Instant retryAt,
        int failedRounds,
        @Nullable ProbeJson probe,
        @Nullable RampJson ramp,
        @Nullable OverrideJson override,
        WindowJson window,
        Map<String, ValueJson> policy,
        List<InstanceJson> instances) {

    /** The half-open round: whose lease, until when, and how far. */
    public record ProbeJson(String holder, Instant until, int succeeded, int needed) {}

    /** How many calls may be in flight after closing, of how many. */
    public record RampJson(int limit, int full) {}

    /** @param until {@code null} until released */
    public record OverrideJson(
            String kind,
            String actor,
            String reason,
            @Nullable Instant until) {}

    /** A setting and where it came from. */
    public record ValueJson(String value, String source) {}

    /** The circuit on one instance. */
    public record InstanceJson(String instance, WindowJson window, boolean policyDiffers, Instant lastSeen) {}

    /** A window's figures; all zero while the circuit is not closed. */
    public record WindowJson(long calls, long failures, long slow, int consecutiveFailures, double failureRatio) {
        static WindowJson of(WindowView view) {
            return new WindowJson(
                    view.calls(), view.failures(), view.slow(), view.consecutiveFailures(), view.failureRatio());
        }
    }
}

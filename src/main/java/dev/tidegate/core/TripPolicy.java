package dev.tidegate.core;

import java.util.Locale;
import java.util.Optional;

/** Whether a window's figures trip the circuit, and why: a pure function, asked after each failure and each slow call. */
final class TripPolicy {
    /** The reason to trip, with its figures for people. */
    record Verdict(Cause cause, String detail, Counts counts) {}

    private TripPolicy() {}

    /** @param consecutive failures in a row that the call in question ends; 0 if it did not fail */
    static Optional<Verdict> assess(CircuitPolicy policy, Counts counts, int consecutive) {
        if (counts.calls() < policy.minimumThroughput()) {
            return Optional.empty();
        }
        if (policy.failureThreshold() > 0 && consecutive >= policy.failureThreshold()) {
            String detail = consecutive + " calls in a row failed, " + ofWindow(counts);
            return Optional.of(new Verdict(Cause.CONSECUTIVE_FAILURES, detail, counts));
        }
        Double ratio = policy.failureRatio();
        if (ratio != null && counts.failureRatio() >= ratio) {
            String detail = ofWindow(counts) + ofRatio(counts.failureRatio(), ratio);
            return Optional.of(new Verdict(Cause.FAILURE_RATIO, detail, counts));
        }
        SlowCalls slow = policy.slowCalls();
        if (slow != null && counts.slowRatio() >= slow.ratio()) {
            String detail = counts.slow() + " of " + counts.calls() + " took " + slow.from() + " or longer"
                    + ofRatio(counts.slowRatio(), slow.ratio());
            return Optional.of(new Verdict(Cause.SLOW_RATIO, detail, counts));
        }
        return Optional.empty();
    }

    /** Whether the failure ratio is reached over several instances; none of their windows need have reached it. */
    static Optional<Verdict> assessFleet(CircuitPolicy policy, Counts sum, int instances) {
        Double ratio = policy.failureRatio();
        if (ratio == null || sum.calls() < policy.minimumThroughput() || sum.failureRatio() < ratio) {
            return Optional.empty();
        }
        String detail = ofWindow(sum) + " on " + instances + " instances" + ofRatio(sum.failureRatio(), ratio);
        return Optional.of(new Verdict(Cause.FLEET_RATE, detail, sum));
    }

    private static String ofRatio(double reached, double allowed) {
        return String.format(Locale.ROOT, ": ratio %.2f of %.2f allowed", reached, allowed);
    }

    private static String ofWindow(Counts counts) {
        return counts.failures() + " of " + counts.calls() + " failed";
    }
}

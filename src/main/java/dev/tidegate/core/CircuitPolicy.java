package dev.tidegate.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a circuit trips and how it recovers. Values are validated where they are read; this record checks what the rules
 * rely on.
 *
 * @param failureThreshold consecutive failures on one instance that trip, 0 = off
 * @param failureRatio failures per call in the window that trip, 0 < r ≤ 1, or {@code null} = off
 * @param samplingDuration length of the window, and how old a consecutive failure may be
 * @param minimumThroughput calls in the window before anything trips
 * @param breakDuration the first break
 * @param breakMultiplier growth per failed round
 * @param breakMax the longest break, before jitter
 * @param probes calls in flight at once in a half-open round
 * @param successesToClose probe successes that close
 * @param neutralToClose neutral probe answers in one round, without a failure, that close
 * @param callTimeout the longest a guarded call may take; a probe starts only if it would end within the lease
 * @param lease how long the right to probe lasts without renewal
 * @param samplingCalls the window holds the last so many calls instead of a time, or {@code null}; a failure in a row
 *     counts no longer than the sampling duration all the same
 * @param slowCalls what a slow call is and how many trip, or {@code null} = off: then no call is timed
 * @param rampUp how calls grow again after closing, or {@code null} = at once
 * @param isObserving whether it measures and decides, but refuses nothing
 */
public record CircuitPolicy(
        int failureThreshold,
        @Nullable Double failureRatio,
        Duration samplingDuration,
        int minimumThroughput,
        Duration breakDuration,
        double breakMultiplier,
        Duration breakMax,
        int probes,
        int successesToClose,
        int neutralToClose,
        Duration callTimeout,
        Duration lease,
        @Nullable Integer samplingCalls,
        @Nullable SlowCalls slowCalls,
        @Nullable RampUp rampUp,
        boolean isObserving) {
    /** What the lease must be longer than the call, so that a holder's margin still leaves room for one call. */
    public static final Duration LEASE_OVER_CALL = Duration.ofSeconds(2);

    /** The defaults of the configuration reference, for a circuit of an application. */
    public static final CircuitPolicy DEFAULTS = new CircuitPolicy(
            5,
            null,
            Duration.ofMinutes(1),
            3,
            Duration.ofSeconds(30),
            2,
            Duration.ofMinutes(10),
            1,
            1,
            10,
            Duration.ofSeconds(55),
            Duration.ofSeconds(60));

    public CircuitPolicy {
        if (failureThreshold < 0 || minimumThroughput < 1 || probes < 1 || successesToClose < 1 || neutralToClose < 1) {
            throw new IllegalArgumentException("a policy's counts are positive (the failure threshold may be 0)");
        }
        if (failureThreshold == 0 && failureRatio == null && slowCalls == null) {
            throw new IllegalArgumentException(
                    "a policy needs a failure threshold, a failure ratio or a slow-call ratio: nothing would trip");
        }
        if (samplingCalls != null && samplingCalls < minimumThroughput) {
            throw new IllegalArgumentException("a window of the last " + samplingCalls
                    + " calls never holds the minimum throughput, " + minimumThroughput + ": nothing would trip");
        }
        if (failureRatio != null && !(failureRatio > 0 && failureRatio <= 1)) {
            throw new IllegalArgumentException("a failure ratio is above 0 and at most 1, got " + failureRatio);
        }
        if (breakMax.compareTo(breakDuration) < 0) {
            throw new IllegalArgumentException(
                    "the longest break " + breakMax + " is below the first, " + breakDuration);
        }
        if (lease.compareTo(callTimeout.plus(LEASE_OVER_CALL)) < 0) {
            throw new IllegalArgumentException("the lease " + lease + " must be at least the call timeout "
                    + callTimeout + " plus " + LEASE_OVER_CALL);
        }
    }

    /** A policy whose window is a time, that times no call, lets all through after closing, and refuses. */
    public CircuitPolicy(
            int failureThreshold,
            @Nullable Double failureRatio,
            Duration samplingDuration,
            int minimumThroughput,
            Duration breakDuration,
            double breakMultiplier,
            Duration breakMax,
            int probes,
            int successesToClose,
            int neutralToClose,
            Duration callTimeout,
            Duration lease) {
        this(
                failureThreshold,
                failureRatio,
                samplingDuration,
                minimumThroughput,
                breakDuration,
                breakMultiplier,
                breakMax,
                probes,
                successesToClose,
                neutralToClose,
                callTimeout,
                lease,
                null,
                null,
                null,
                false);
    }

    /** The same over a window of the last so many calls; {@code null} for a window of time. */
    public CircuitPolicy withSamplingCalls(@Nullable Integer calls) {
        return with(callTimeout, lease, calls, slowCalls, rampUp, isObserving);
    }

    /** The same with calls timed; {@code null} for untimed. */
    public CircuitPolicy withSlowCalls(@Nullable SlowCalls slow) {
        return with(callTimeout, lease, samplingCalls, slow, rampUp, isObserving);
    }

    /** The same with calls that grow after closing; {@code null} for all at once. */
    public CircuitPolicy withRampUp(@Nullable RampUp ramp) {
        return with(callTimeout, lease, samplingCalls, slowCalls, ramp, isObserving);
    }

    /** The same, refusing nothing if so. */
    public CircuitPolicy withObserving(boolean observing) {
        return with(callTimeout, lease, samplingCalls, slowCalls, rampUp, observing);
    }

    /** The same with the call timeout and the lease of another. */
    public CircuitPolicy withTimesOf(CircuitPolicy other) {
        return with(other.callTimeout, other.lease, samplingCalls, slowCalls, rampUp, isObserving);
    }

    private CircuitPolicy with(
            Duration timeout,
            Duration leased,
            @Nullable Integer calls,
            @Nullable SlowCalls slow,
            @Nullable RampUp ramp,
            boolean observing) {
        return new CircuitPolicy(
                failureThreshold,
                failureRatio,
                samplingDuration,
                minimumThroughput,
                breakDuration,
                breakMultiplier,
                breakMax,
                probes,
                successesToClose,
                neutralToClose,
                timeout,
                leased,
                calls,
                slow,
                ramp,
                observing);
    }

    /** Whether a call of that many nanoseconds is a slow one. */
    boolean isSlow(long nanos) {
        return slowCalls != null && slowCalls.isSlow(nanos);
    }
}

package dev.tidegate.core;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes the decisions of one circuit on one instance: each with a token of its own. */
final class Decisions {
    private final CircuitName circuit;
    private final String instance;
    private final Supplier<String> tokens;
    private final RandomGenerator random;

    Decisions(CircuitName circuit, String instance, Supplier<String> tokens, RandomGenerator random) {
        this.circuit = circuit;
        this.instance = instance;
        this.tokens = tokens;
        this.random = random;
    }

    /** @param failedRounds this one included: more than 1 while a ramp-up is not over */
    Decision.Trip trip(
            Fence base, CircuitPolicy policy, TripPolicy.Verdict verdict, Failure failure, int failedRounds) {
        return new Decision.Trip(
                circuit,
                base,
                tokens.get(),
                instance,
                verdict.cause(),
                verdict.detail(),
                BreakDuration.of(policy, failedRounds, failure.retryAfter(), random),
                failedRounds,
                verdict.counts(),
                failure.text());
    }

    Decision lease(CircuitRecord base, CircuitPolicy policy, boolean afterOutage) {
        if (base.state() == AutomaticState.OPEN) {
            Cause cause = afterOutage ? Cause.OUTAGE : Cause.BREAK_OVER;
            return new Decision.Claim(circuit, base.fence(), tokens.get(), instance, cause, policy.lease());
        }
        Cause cause = afterOutage ? Cause.OUTAGE : Cause.LEASE_EXPIRED;
        return new Decision.Takeover(circuit, base.fence(), tokens.get(), instance, cause, policy.lease());
    }

    Decision.GiveBack giveBack(Fence base) {
        return new Decision.GiveBack(circuit, base, tokens.get(), instance);
    }

    Decision.Renew renew(Fence base, CircuitPolicy policy, Round round) {
        return new Decision.Renew(
                circuit, base, tokens.get(), instance, policy.lease(), round.succeeded(), round.neutral());
    }

    /** Failed rounds are kept where a ramp-up follows: a trip within it is one more of them. */
    Decision.Close close(CircuitRecord base, CircuitPolicy policy, Cause cause, String detail) {
        int kept = policy.rampUp() == null ? 0 : base.failedRounds();
        return new Decision.Close(circuit, base.fence(), tokens.get(), instance, cause, detail, kept);
    }

    Decision.Reopen reopen(CircuitRecord base, CircuitPolicy policy, Failure failure) {
        int failedRounds = base.failedRounds() + 1;
        Duration lasts = BreakDuration.of(policy, failedRounds, failure.retryAfter(), random);
        String detail = "a probe failed: " + failure.text();
        return new Decision.Reopen(
                circuit, base.fence(), tokens.get(), instance, detail, lasts, failedRounds, failure.text());
    }

    Decision.Restore restore(Fence base, CircuitPolicy policy, long greatestEpochSeen) {
        Duration lasts = BreakDuration.of(policy, 1, null, random);
        return new Decision.Restore(circuit, base, tokens.get(), instance, greatestEpochSeen, lasts);
    }

    Decision.EndOverride endOverride(CircuitRecord base, OperatorOverride ended) {
        return new Decision.EndOverride(circuit, base.fence(), tokens.get(), instance, ended.id(), null, null);
    }

    Duration localBreak(CircuitPolicy policy, int failedRounds, @Nullable Duration retryAfter) {
        return BreakDuration.of(policy, failedRounds, retryAfter, random);
    }
}

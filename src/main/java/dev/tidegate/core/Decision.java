package dev.tidegate.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an instance or an operator decided, as a value that can be submitted again unchanged. It names the fence on which it
 * was decided: it is never decided anew from another row, or a stale probe would close a newer round.
 */
public sealed interface Decision {
    CircuitName circuit();

    /** The fence of the record from which this was decided. */
    Fence base();

    /** The token of this decision; for an edge it becomes the fence's token. */
    String token();

    /** The instance that decided, or that carries out an operator's decision. */
    String instance();

    /** Whether it makes a new epoch, and so leaves a history entry at {@code base().epoch() + 1}. */
    boolean isEdge();

    /** CLOSED to OPEN. */
    record Trip(
            CircuitName circuit,
            Fence base,
            String token,
            String instance,
            Cause cause,
            String detail,
            Duration breakDuration,
            int failedRounds,
            Counts counts,
            @Nullable String lastError)
            implements Decision {
        @Override
        public boolean isEdge() {
            return true;
        }
    }

    /** OPEN to HALF_OPEN: the break is over. */
    record Claim(CircuitName circuit, Fence base, String token, String instance, Cause cause, Duration lease)
            implements Decision {
        @Override
        public boolean isEdge() {
            return true;
        }
    }

    /** HALF_OPEN to HALF_OPEN: the lease ran out. */
    record Takeover(CircuitName circuit, Fence base, String token, String instance, Cause cause, Duration lease)
            implements Decision {
        @Override
        public boolean isEdge() {
            return true;
        }
    }

    /** The own lease ends now: a probe never reached the dependency. */
    record GiveBack(CircuitName circuit, Fence base, String token, String instance) implements Decision {
        @Override
        public boolean isEdge() {
            return false;
        }
    }

    /** The own lease goes on: further probes are needed. */
    record Renew(
            CircuitName circuit, Fence base, String token, String instance, Duration lease, int succeeded, int neutral)
            implements Decision {
        @Override
        public boolean isEdge() {
            return false;
        }
    }

    /**
     * HALF_OPEN to CLOSED.
     *
     * @param failedRounds those that stay counted, since a ramp-up follows; else 0
     */
    record Close(
            CircuitName circuit,
            Fence base,
            String token,
            String instance,
            Cause cause,
            String detail,
            int failedRounds)
            implements Decision {
        @Override
        public boolean isEdge() {
            return true;
        }
    }

    /** HALF_OPEN to OPEN: a probe failed. */
    record Reopen(
            CircuitName circuit,
            Fence base,
            String token,
            String instance,
            String detail,
            Duration breakDuration,
            int failedRounds,
            @Nullable String lastError)
            implements Decision {
        @Override
        public boolean isEdge() {
            return true;
        }
    }

    /** Any to OPEN: the store was set back; {@code greatestEpochSeen} keeps epochs from being used twice. */
    record Restore(
            CircuitName circuit,
            Fence base,
            String token,
            String instance,
            long greatestEpochSeen,
            Duration breakDuration)
            implements Decision {
        @Override
        public boolean isEdge() {
            return true;
        }
    }

    /** Any to CLOSED, by an operator. */
    record Reset(CircuitName circuit, Fence base, String token, String instance, String actor, String reason)
            implements Decision {
        @Override
        public boolean isEdge() {
            return true;
        }
    }

    /**
     * An override begins, or is extended.
     *
     * @param replaces the id of the override in force that this one follows, or {@code null} if there must be none
     * @param lasts how long, or {@code null} until released
     */
    record SetOverride(
            CircuitName circuit,
            Fence base,
            String token,
            String instance,
            OperatorOverride.Kind kind,
            String actor,
            String reason,
            @Nullable Duration lasts,
            @Nullable Long replaces)
            implements Decision {
        @Override
        public boolean isEdge() {
            return false;
        }
    }

    /**
     * An override is released by an operator, or its end is recorded.
     *
     * @param id the override's own id; another override is left alone
     * @param actor who released it, or {@code null} where its end passed
     */
    record EndOverride(
            CircuitName circuit,
            Fence base,
            String token,
            String instance,
            long id,
            @Nullable String actor,
            @Nullable String reason)
            implements Decision {
        @Override
        public boolean isEdge() {
            return false;
        }
    }
}

package dev.tidegate.guard;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.OperatorOverride;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an operator wants of a circuit, as a value that is checked, carried out and audited; see {@link CircuitOperator}. */
public sealed interface OperatorChange {
    /** How long an override lasts where nobody says otherwise: a forgotten one must not hold for ever. */
    Duration LASTS_BY_DEFAULT = Duration.ofHours(1);

    CircuitName circuit();

    /** Who wants it; never blank. */
    String actor();

    /** Why; never blank, at most 500 characters. */
    String reason();

    /**
     * An override begins, or follows another: with another end it is an extension.
     *
     * @param lasts how long, or {@code null} until released
     * @param replaces the id of the override that it follows, or {@code null} where none may be in force
     */
    record Hold(
            CircuitName circuit,
            OperatorOverride.Kind kind,
            String actor,
            String reason,
            @Nullable Duration lasts,
            @Nullable Long replaces)
            implements OperatorChange {
        public Hold {
            check(circuit, actor, reason);
            if (lasts != null && (lasts.isZero() || lasts.isNegative())) {
                throw new IllegalArgumentException(
                        "an override of circuit " + circuit + " lasts some time, or until released; got " + lasts);
            }
        }
    }

    /**
     * An override ends now; the automatics go on where they are.
     *
     * @param override its id; another override is left alone
     */
    record Release(CircuitName circuit, long override, String actor, String reason) implements OperatorChange {
        public Release {
            check(circuit, actor, reason);
        }
    }

    /** The automatic state becomes CLOSED, with no failed rounds; an override stays. */
    record Reset(CircuitName circuit, String actor, String reason) implements OperatorChange {
        public Reset {
            check(circuit, actor, reason);
        }
    }

    private static void check(CircuitName circuit, String actor, String reason) {
        if (actor.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException(
                    "a change of circuit " + circuit + " by hand needs who wants it and why");
        }
        if (reason.length() > 500) {
            throw new IllegalArgumentException("the reason for a change of circuit " + circuit
                    + " has at most 500 characters, got " + reason.length());
        }
    }
}

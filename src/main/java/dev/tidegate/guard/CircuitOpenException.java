package dev.tidegate.guard;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.Permit;
import dev.tidegate.core.RefusalReason;
import jakarta.ejb.ApplicationException;
import java.time.Duration;

/**
 * A call was refused by its circuit. Has no stack trace: it tells of the circuit, not of the caller. The caller's transaction
 * is rolled back, as after any unchecked exception; an EJB hands it out as it is and lives on.
 */
@ApplicationException(rollback = true)
public final class CircuitOpenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String circuit;
    private final RefusalReason reason;
    private final Duration retryAfter;
    private final long epoch;

    public CircuitOpenException(CircuitName circuit, Permit.Refused refused) {
        super(
                "circuit " + circuit + " refuses calls (" + refused.reason() + ", epoch " + refused.epoch()
                        + "); worth trying again in " + refused.retryAfter(),
                null,
                false,
                false);
        this.circuit = circuit.value();
        this.reason = refused.reason();
        this.retryAfter = refused.retryAfter();
        this.epoch = refused.epoch();
    }

    public String circuit() {
        return circuit;
    }

    public RefusalReason reason() {
        return reason;
    }

    /** Zero when nobody can tell. */
    public Duration retryAfter() {
        return retryAfter;
    }

    public long epoch() {
        return epoch;
    }
}

package dev.tidegate.drain;

import dev.tidegate.core.ClaimPending;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.core.Permit;
import dev.tidegate.core.RefusalReason;
import dev.tidegate.guard.Circuit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The drainer before its circuit: asks once for each record, and after a refusal not before there is reason to. Owns the
 * cause CIRCUIT. Guarded by the drainer's turn.
 */
final class CircuitGate {
    // Where nobody can tell when to ask again: a safety net under the circuit's own news.
    private static final Duration UNTOLD = Duration.ofMillis(250);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private final Circuit circuit;
    private final DrainState state;
    private final Runnable askAgain;
    private boolean mayAsk = true;
    private boolean isRamping;
    private long askAtNanos;

    /** @param askAgain comes back in a turn of its own, by {@link #knock} */
    CircuitGate(Circuit circuit, DrainState state, Runnable askAgain) {
        this.circuit = circuit;
        this.state = state;
        this.askAgain = askAgain;
    }

    /** Whether a record in hand is worth asking for a permit. */
    boolean isWorthAsking() {
        return mayAsk;
    }

    boolean isRefusing() {
        return state.board.has(PauseCause.CIRCUIT);
    }

    /** Whether calls that have their permit may still begin. May be asked outside a turn. */
    boolean stillPasses() {
        return circuit.isPassing();
    }

    /** Whether the operator holds the circuit open: then nobody claims, so no record is needed. */
    boolean isIsolated() {
        return circuit.state() == EffectiveState.ISOLATED;
    }

    /** A permit for the record in hand, or {@code null}: then the drainer waits for the circuit. */
    Permit.@Nullable Granted ask() {
        Permit permit = circuit.tryAcquire();
        if (permit instanceof Permit.Granted granted) {
            if (!granted.isProbe()) {
                opened();
            }
            return granted;
        }
        if (permit instanceof Permit.Refused refused) {
            refused(refused);
        }
        return null;
    }

    private void opened() {
        if (isRefusing()) {
            state.board.remove(PauseCause.CIRCUIT);
            state.lanes.wakeAll();
        }
    }

    private void refused(Permit.Refused refused) {
        mayAsk = false;
        isRamping = refused.reason() == RefusalReason.RAMP_UP;
        if (isRamping) {
            // As many are on their way as the ramp-up allows: no reason to pause, the next goes when one is back.
            askAtNanos =
                    state.ticker.nanos() + atMost(refused.retryAfter(), UNTOLD).toNanos();
            return;
        }
        state.board.add(PauseCause.CIRCUIT);
        if (refused instanceof ClaimPending claim) {
            state.turn.later(() -> claim.answered().whenComplete((answered, never) -> askAgain.run()));
        }
        Duration wait = refused.retryAfter();
        askAtNanos = state.ticker.nanos() + bounded(wait, refused.reason()).toNanos();
    }

    private static Duration atMost(Duration wait, Duration most) {
        return wait.compareTo(most) > 0 ? most : wait;
    }

    private static Duration bounded(Duration wait, RefusalReason reason) {
        if (wait.isZero() && reason != RefusalReason.ISOLATED) {
            return UNTOLD;
        }
        boolean isTold = !wait.isZero() && wait.compareTo(LONGEST_SILENCE) < 0;
        return isTold ? wait : LONGEST_SILENCE;
    }

    /** There may be a permit now: the next record in hand asks. */
    void knock() {
        mayAsk = true;
        isRamping = false;
    }

    /** One of this drainer's calls ended: where only the ramp-up stood in the way, there is room now. */
    void callEnded(boolean wasProbe) {
        if (wasProbe || isRamping) {
            knock();
        }
    }

    /** The circuit changed. */
    void changed() {
        mayAsk = true;
        // Asked now, for news may overtake each other.
        if (circuit.isPassing()) {
            opened();
        } else {
            state.board.add(PauseCause.CIRCUIT);
        }
    }

    void tick(long nowNanos) {
        if (!mayAsk && nowNanos - askAtNanos >= 0) {
            mayAsk = true;
        }
    }

    /** The reading of the ticker at which to ask again, or {@code null} while asking needs no clock. */
    @Nullable
    Long nextNanos() {
        return mayAsk ? null : askAtNanos;
    }
}

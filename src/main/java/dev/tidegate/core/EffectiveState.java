package dev.tidegate.core;

/** What callers meet: the operator's override if there is one, else the automatic state. */
public enum EffectiveState {
    CLOSED,
    OPEN,
    HALF_OPEN,
    /** An operator holds the circuit open. */
    ISOLATED,
    /** An operator holds the circuit closed. */
    BYPASSED;

    /** The effective state without an override. */
    public static EffectiveState of(AutomaticState state) {
        return switch (state) {
            case CLOSED -> CLOSED;
            case OPEN -> OPEN;
            case HALF_OPEN -> HALF_OPEN;
        };
    }
}

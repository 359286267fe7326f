package dev.tidegate.core;

/** Why a call got no permit. */
public enum RefusalReason {
    OPEN,
    HALF_OPEN,
    ISOLATED,
    RAMP_UP
}

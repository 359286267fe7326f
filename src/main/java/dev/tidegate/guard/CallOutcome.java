package dev.tidegate.guard;

/** What a call that ended means for its circuit. */
public enum CallOutcome {
    /** The dependency did what it should. */
    SUCCESS,
    /** The dependency failed. */
    FAILURE,
    /** The dependency answered, but the answer proves nothing. */
    NEUTRAL
}

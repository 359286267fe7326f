package dev.tidegate.simulation;

/** How one instance is bad for ever. */
enum Ailment {
    /** None of its calls reaches the dependency. */
    REACHES_NOTHING,
    /** None of its calls ever comes back. */
    LEAKS_PERMITS,
    /** All of its calls fail, whatever the dependency answers the others. */
    ALWAYS_FAILS,
    /** It never reaches the store again, and goes on by itself. */
    CUT_OFF,
    /** It stands still. */
    FROZEN
}

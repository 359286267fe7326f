package dev.tidegate.guard;

/** Whose circuit it is: for people who look at a list of them. */
public enum CircuitKind {
    DRAINER,
    PUBLISHER,
    /** Of an application: {@code @Guarded} or the factory. */
    CUSTOM
}

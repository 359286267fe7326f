package dev.tidegate.core;

/** How a call counts in a window. */
enum CallKind {
    SUCCESS(false, false),
    SLOW_SUCCESS(false, true),
    FAILURE(true, false),
    SLOW_FAILURE(true, true);

    private final boolean isFailure;
    private final boolean isSlow;

    CallKind(boolean isFailure, boolean isSlow) {
        this.isFailure = isFailure;
        this.isSlow = isSlow;
    }

    boolean isFailure() {
        return isFailure;
    }

    boolean isSlow() {
        return isSlow;
    }

    static CallKind of(boolean isFailure, boolean isSlow) {
        if (isFailure) {
            return isSlow ? SLOW_FAILURE : FAILURE;
        }
        return isSlow ? SLOW_SUCCESS : SUCCESS;
    }
}

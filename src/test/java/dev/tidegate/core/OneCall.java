package dev.tidegate.core;

/** Puts a call of one of the four kinds into a window. */
final class OneCall {
    private OneCall() {}

    static void in(Window window, boolean isFailure, boolean isSlow) {
        if (isFailure && isSlow) {
            window.slowFailure();
        } else if (isFailure) {
            window.failure();
        } else if (isSlow) {
            window.slowSuccess();
        } else {
            window.success();
        }
    }
}

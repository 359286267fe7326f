package dev.tidegate.demo.downstream;

import java.util.Locale;

/** How a call ended. */
public enum Outcome {
    /** Handled and answered with 200; whether the caller still listened is not known. */
    DONE,
    /** Answered with the status of the fault. */
    ERROR,
    /** Never answered. */
    HUNG,
    /** Connection closed without an answer. */
    REFUSED,
    /** Answered with 503 because too many calls were open. */
    OVERLOADED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.tidegate.demo.downstream;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a call meets. */
public enum Mode {
    /** Handled at once. */
    NONE,
    /** Answered with the status of the fault, not handled. */
    ERROR,
    /** Never answered; the connection is closed when the fault changes. */
    HANG,
    /** Handled after the delay of the fault. */
    SLOW,
    /** The connection is closed without an answer, not handled. */
    REFUSE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Mode> of(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
    }
}

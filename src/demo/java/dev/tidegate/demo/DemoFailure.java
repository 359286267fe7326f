package dev.tidegate.demo;

import java.util.List;

/** The demo cannot go on; the message is for the person at the terminal and needs no stack trace. */
final class DemoFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailure(String message) {
        super(message);
    }

    DemoFailure(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }

    /** One failure out of several complaints, each on its own line. */
    static DemoFailure of(List<String> complaints) {
        return new DemoFailure(String.join(System.lineSeparator(), complaints));
    }
}

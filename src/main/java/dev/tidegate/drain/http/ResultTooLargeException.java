package dev.tidegate.drain.http;

import java.io.IOException;

/** The downstream did its work and answered with more than a result may be: the fault of that record, not an outage. */
final class ResultTooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    ResultTooLargeException(int mostBytes) {
        super("the answer's body is larger than " + mostBytes + " bytes");
    }
}

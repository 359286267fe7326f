package dev.tidegate.drain.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletionException;

/** Tells how an exchange broke. */
final class Breaks {
    private Breaks() {}

    /** What the exchange met, without the wrappings of futures. */
    static Throwable cause(Throwable error) {
        Throwable at = error;
        while (at instanceof CompletionException && at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }

    /**
     * Whether the connection broke before any byte of the answer. The client has no type for it; its text is the same from
     * JDK 17 to 25, and a test notices when that changes. The same texts may come later too, so the head is asked for first.
     *
     * @param hasHead whether the answer's head had arrived
     */
    static boolean isBeforeAnyByte(Throwable error, boolean hasHead) {
        Throwable cause = cause(error);
        if (hasHead
                || !(cause instanceof IOException)
                || cause instanceof HttpTimeoutException
                || cause instanceof ConnectException) {
            return false;
        }
        String text = String.valueOf(cause.getMessage());
        return text.contains("received no bytes") || text.contains("Broken pipe") || text.equals("Connection reset");
    }
}

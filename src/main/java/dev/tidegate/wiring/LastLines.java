package dev.tidegate.wiring;

import java.util.logging.LogManager;

/**
 * Lets a stop by SIGTERM be heard. A JVM that is asked to end takes the handlers off every logger at once, while the
 * application has yet to stop. Liberty's log manager has a switch against that, which nobody sets.
 */
final class LastLines {
    private static final System.Logger LOG = System.getLogger(LastLines.class.getName());

    private LastLines() {}

    /** Does nothing to a log manager without that switch. */
    static void keep(LogManager logs) {
        try {
            logs.getClass().getMethod("disableReset").invoke(logs);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "what this instance says while it is stopped by a signal may not be logged: {0}",
                    e.toString());
        }
    }
}
